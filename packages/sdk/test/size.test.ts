import { readFile } from 'node:fs/promises'
import { beforeAll, expect, it } from 'vitest'
import { type Built, brotliBytes, buildSdk } from '../build.ts'
import { STUB } from '../src/stub.ts'

const MOST_CORE_BYTES = 2_048
const MOST_STUB_BYTES = 250
const MOST_PLUGIN_BYTES = 600
const MOST_TOGETHER_BYTES = 3_072

let built: Built[]
beforeAll(async () => {
  built = await buildSdk()
  for (const { file, bytes, brotli } of built) console.log(`${file} ${bytes} B, brotli ${brotli} B`)
})

it('is a core of at most 2,048 bytes', () => {
  expect(built.find(({ file }) => file === 'weir.js')?.brotli).toBeLessThanOrEqual(MOST_CORE_BYTES)
})

it('is a stub of at most 250 bytes', () => {
  expect(brotliBytes(STUB)).toBeLessThanOrEqual(MOST_STUB_BYTES)
})

it('is plugins of at most 600 bytes each', () => {
  const plugins = built.filter(({ file }) => file.startsWith('weir-'))
  expect(plugins.length).toBe(11)
  expect(plugins.filter(({ brotli }) => brotli > MOST_PLUGIN_BYTES)).toEqual([])
})

const together = async (): Promise<number> => {
  const parts = ['weir', 'weir-chat', 'weir-debug', 'weir-signals'].map((name) =>
    readFile(new URL(`../dist/${name}.js`, import.meta.url), 'utf8'),
  )
  return brotliBytes((await Promise.all(parts)).join('\n'))
}

it('is at most 3,072 bytes with chat, signals and debug in the one file', async () => {
  expect(await together()).toBeLessThanOrEqual(MOST_TOGETHER_BYTES)
})

it('is as large as its README says', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  for (const { file, brotli } of built) {
    const [line = ''] = new RegExp(`^\\| \`${file}\`.*$`, 'm').exec(readme) ?? []
    expect(line).toContain(`| ${brotli.toLocaleString('en-US')} B`)
  }
  const bytes = (await together()).toLocaleString('en-US')
  expect(readme).toContain(`all three in the one file, is ${bytes} B`)
})
