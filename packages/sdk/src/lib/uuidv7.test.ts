import { afterEach, expect, it, vi } from 'vitest'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const NOW = 1_795_284_000_123

/** As a page that has just loaded. */
async function newPage() {
  vi.resetModules()
  return import('./uuidv7.ts')
}

afterEach(() => vi.unstubAllGlobals())

const hold = (random: number) => vi.spyOn(Math, 'random').mockReturnValue(random)

it.each([
  { name: 'with crypto', crypto: globalThis.crypto },
  { name: 'without', crypto: undefined },
  { name: 'without a safe context', crypto: { getRandomValues: () => undefined } },
])(
  'is a version 7 UUID that begins with its time, another one on each page, $name',
  async (given) => {
    vi.stubGlobal('crypto', given.crypto)
    const ids = []
    for (let page = 0; page < 50; page++) ids.push((await newPage()).uuidv7(NOW))
    for (const id of ids) {
      expect(id).toMatch(UUID)
      expect(Number.parseInt(id.replace('-', ''), 16)).toBe(NOW)
    }
    expect(new Set(ids).size).toBe(50)
  },
)

it.each([0, 0.5, 1 - Number.EPSILON])('is one without crypto, chance being %d', async (random) => {
  vi.stubGlobal('crypto', undefined)
  const held = hold(random)
  expect((await newPage()).uuidv7(NOW)).toMatch(UUID)
  held.mockRestore()
})

it('does not trust a page that decides what chance is', async () => {
  const held = hold(0.5)
  const ids = [(await newPage()).uuidv7(NOW), (await newPage()).uuidv7(NOW)]
  held.mockRestore()
  expect(ids[0]).not.toBe(ids[1])
})

it('is another one at each time of a page', async () => {
  const { uuidv7 } = await newPage()
  expect(new Set(Array.from({ length: 1_000 }, (_, ms) => uuidv7(NOW + ms))).size).toBe(1_000)
})
