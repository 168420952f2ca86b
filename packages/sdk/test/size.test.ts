import { beforeAll, expect, it } from 'vitest'
import { type Built, brotliBytes, buildSdk } from '../build.ts'
import { STUB } from '../src/stub.ts'

const MOST_CORE_BYTES = 2_048
const MOST_STUB_BYTES = 250

let built: Built[]
beforeAll(async () => {
  built = await buildSdk()
})

it('is a core of at most 2,048 bytes', () => {
  console.log(built.map(({ file, bytes, brotli }) => `${file} ${bytes} B, brotli ${brotli}`))
  expect(built.find(({ file }) => file === 'weir.js')?.brotli).toBeLessThanOrEqual(MOST_CORE_BYTES)
})

it('is a stub of at most 250 bytes', () => {
  console.log(`stub ${STUB.length} B, brotli ${brotliBytes(STUB)}`)
  expect(brotliBytes(STUB)).toBeLessThanOrEqual(MOST_STUB_BYTES)
})
