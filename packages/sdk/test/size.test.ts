import { readFile } from 'node:fs/promises'
import { beforeAll, expect, it } from 'vitest'
import { type Built, brotliBytes, buildSdk } from '../build.ts'
import { STUB } from '../src/stub.ts'

const MOST_CORE_BYTES = 2_048
const MOST_STUB_BYTES = 250
const MOST_PLUGIN_BYTES = 600

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
  expect(plugins.length).toBe(10)
  expect(plugins.filter(({ brotli }) => brotli > MOST_PLUGIN_BYTES)).toEqual([])
})

it('is as large as its README says', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  for (const { file, brotli } of built) {
    const [line = ''] = new RegExp(`^\\| \`${file}\`.*$`, 'm').exec(readme) ?? []
    expect(line).toContain(`| ${brotli.toLocaleString('en-US')} B`)
  }
  const together = await Promise.all(
    ['weir', 'weir-chat', 'weir-debug', 'weir-signals'].map((name) =>
      readFile(new URL(`../dist/${name}.js`, import.meta.url), 'utf8'),
    ),
  )
  const bytes = brotliBytes(together.join('\n')).toLocaleString('en-US')
  expect(readme).toContain(`all three in the one file, is ${bytes} B`)
})
