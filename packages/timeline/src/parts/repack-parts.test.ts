import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyHistory } from '../../test/histories.ts'
import { runs } from '../../test/runs.ts'
import { type Event, gather } from '../gather.ts'
import { historiesOf, nameBook, openAll, weaveParts } from './fixture.ts'
import { gatherParts } from './gather-parts.ts'
import { DAY_MS } from './part.ts'
import { dropFromPart, mergeParts, splitPart } from './repack-parts.ts'
import { visitorHash } from './visitor-hash.ts'

const VISITORS = Array.from({ length: 9 }, (_, index) => `v${index}`)
const PROPERTIES = ['p', 'q', 'currency', 'bot', 'cookieless', '$amount']

/** Everything on the day that begins with 1970. */
const anyDay = anyHistory({ maxLength: 30, visitors: VISITORS }).map((events) =>
  events.map((event): Event => ({ ...event, at: Math.abs(event.at) })),
)
const anySlots = fc.constantFrom(1, 16, 256)

function wovenTwice(events: readonly Event[], cut: number, slots: number) {
  const { names, codeOf } = nameBook()
  const parts = [events.slice(0, cut), events.slice(cut)].flatMap((weave) =>
    openAll(weaveParts(weave, codeOf, slots)),
  )
  return { names, parts }
}

test('merged and cut into other slots, the events are the same', () => {
  fc.assert(
    fc.property(anyDay, fc.nat({ max: 30 }), anySlots, anySlots, (events, cut, before, after) => {
      const { names, parts } = wovenTwice(events, cut, before)
      const merged = mergeParts(parts, after)
      expect(new Set(merged.map(({ slot }) => slot)).size).toBe(merged.length)
      expect(merged.every(({ slots }) => slots === after)).toBe(true)
      const gathered = gatherParts(openAll(merged), names, PROPERTIES, { visitorIds: true })
      expect(historiesOf(gathered, PROPERTIES)).toEqual(
        historiesOf(gather(events, PROPERTIES), PROPERTIES),
      )
    }),
    runs(0.2),
  )
})

test('merging what was woven in two gives the bytes of one weave', () => {
  const events = Array.from(
    { length: 200 },
    (_, index): Event => ({
      visitor: `v${(index * 7) % 40}`,
      at: index * 1000,
      name: 'A',
      properties: { path: `/${index % 9}` },
    }),
  )
  const { parts } = wovenTwice(events, 77, 1)
  const once = weaveParts(events, nameBook().codeOf)
  expect(mergeParts(parts)).toEqual(once)
})

test('what is dropped is gone, its values too', () => {
  fc.assert(
    fc.property(anyDay, fc.constantFrom(...VISITORS), (events, visitor) => {
      const secret = `only ${visitor}`
      const own = events.map((event) => ({
        ...event,
        properties: { ...event.properties, q: event.visitor === visitor ? secret : 'x' },
      }))
      const { names, parts } = wovenTwice(own, 30, 1)
      const { hi, lo } = visitorHash(visitor)
      const left = parts.flatMap(
        (part) => dropFromPart(part, (e) => e.hi === hi && e.lo === lo) ?? [],
      )
      const blocks = left.flatMap(({ columns, visitorIds }) => [visitorIds, ...columns.values()])
      const isIn = (text: string) => blocks.some((bytes) => Buffer.from(bytes).includes(text))
      expect([isIn(secret), isIn(`"${visitor}"`)]).toEqual([false, false])
      const gathered = gatherParts(openAll(left), names, PROPERTIES, { visitorIds: true })
      const kept = own.filter((event) => event.visitor !== visitor)
      expect(historiesOf(gathered, PROPERTIES)).toEqual(
        historiesOf(gather(kept, PROPERTIES), PROPERTIES),
      )
    }),
    runs(0.2),
  )
})

test('events are dropped by time and name, a part without any is none', () => {
  const { names, parts } = wovenTwice(
    [0, 1, 2].map((at) => ({ visitor: 'v', at, name: at === 1 ? 'B' : 'A', properties: {} })),
    3,
    1,
  )
  const [part] = parts
  if (!part) throw new Error('nothing was woven')
  const early = dropFromPart(part, ({ at }) => at < 1)
  const named = dropFromPart(part, ({ code }) => names[code]?.name === 'B')
  expect([early?.events, named?.events]).toEqual([2, 2])
  expect(dropFromPart(part, () => true)).toBeNull()
})

test('only whole parts of one day are merged', () => {
  const { codeOf } = nameBook()
  const row = { visitor: 'v', at: 0, name: 'A', properties: { p: 1 } }
  const [first, second] = weaveParts([row, { ...row, at: DAY_MS }], codeOf)
  if (!first || !second) throw new Error('two days are two parts')
  expect(() => mergeParts(openAll([first, second]))).toThrow('different days')
  expect(() => mergeParts(openAll([{ ...first, columns: new Map() }]))).toThrow('not opened whole')
  expect(() => splitPart(openAll([first])[0]!, 7)).toThrow('7 slots')
  expect(mergeParts([])).toEqual([])
})
