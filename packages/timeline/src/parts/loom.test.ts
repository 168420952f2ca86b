import { expect, test } from 'vitest'
import { type Event, gather } from '../gather.ts'
import { AMOUNT } from '../properties.ts'
import { Arena } from './arena.ts'
import { historiesOf, nameBook, openAll, weaveParts, wovenOf } from './fixture.ts'
import { gatherParts } from './gather-parts.ts'
import { rangeOfSlot, slotsFor } from './hash-range.ts'
import { DAY_MS } from './part.ts'

const at = (text: string) => Date.parse(text)

/** Expects parts to say the same as rows, and gives them. */
function expectSame(events: readonly Event[], properties: readonly string[], slots?: number) {
  const woven = wovenOf(events, slots)
  const gathered = gatherParts(woven.open, woven.names, properties, { visitorIds: true })
  const expected = gather(events, properties)
  expect(historiesOf(gathered, properties)).toEqual(historiesOf(expected, properties))
  return { ...woven, gathered }
}

test('events of 1969, 2005 and tomorrow, at the first and last millisecond of a day', () => {
  const times = ['1969-12-31T23:59:59.999Z', '2005-06-01T00:00:00.000Z', '2005-06-01T23:59:59.999Z']
  const events = [...times.map(at), Date.now() + DAY_MS].map(
    (at): Event => ({ visitor: 'v', at, name: 'A', properties: {} }),
  )
  const { parts, gathered } = expectSame(events.toReversed(), [])
  expect(parts.map(({ day }) => day).slice(0, 2)).toEqual([-1, 12_935])
  expect([...gathered.at]).toEqual(events.map(({ at }) => at))
})

test('a visitor of 100,000 events, in two weaves that overlap', () => {
  const events = Array.from(
    { length: 100_000 },
    (_, index): Event => ({
      visitor: 'v',
      at: (index * 7919) % 80_000_000,
      name: `n${index % 3}`,
      properties: { n: index % 1000 },
    }),
  )
  const { names, codeOf } = nameBook()
  const weaves = [events.slice(0, 60_000), events.slice(60_000)]
  const parts = openAll(weaves.flatMap((weave) => weaveParts(weave, codeOf)))
  const gathered = gatherParts(parts, names, ['n'], { visitorIds: true })
  expect(historiesOf(gathered, ['n'])).toEqual(historiesOf(gather(events, ['n']), ['n']))
})

test('300 names take two bytes each, 300 values too, 70,000 values four', () => {
  const events = Array.from(
    { length: 70_000 },
    (_, index): Event => ({
      visitor: `v${index % 100}`,
      at: index,
      name: `n${index % 300}`,
      properties: { few: index % 300, many: `m${index}` },
    }),
  )
  const { parts } = expectSame(events, ['few', 'many'])
  const widths = parts.map(({ core, columns }) => [
    core[10],
    columns.get('few')?.[10],
    columns.get('many')?.[10],
  ])
  expect(widths).toEqual([[2, 2, 4]])
})

test('text, numbers, booleans and lists are kept apart', () => {
  const values = [
    '5',
    5,
    true,
    'true',
    false,
    0,
    '',
    '[1]',
    'ключ 🛒',
    '\ud800',
    1e300,
    -0.1,
    '__proto__',
  ]
  const events = [...values, [1], ['1'], [true, 'ä']].map(
    (value, index): Event => ({
      visitor: `v${index % 3}`,
      at: index,
      name: 'A',
      properties: Array.isArray(value) ? { items: value.map((p) => ({ p })) } : { p: value },
    }),
  )
  const { gathered } = expectSame(events, ['p', 'items'])
  expect(gathered.columns.get('p')?.values).toHaveLength(events.length + 1)
})

test('an own value wins over those of the items, and what has neither has no column', () => {
  const items = [{ p: 1, only: 'x' }, { p: 2, items: 'odd' }, 'no object', null]
  const events = [{ p: 'own', items }, { p: null, items }, { p: { deep: 1 } }, {}].map(
    (properties, index): Event => ({ visitor: 'v', at: index, name: 'A', properties }),
  )
  const { parts } = expectSame(events, ['p', 'only', 'items', AMOUNT])
  expect([...(parts[0]?.columns.keys() ?? [])].sort()).toEqual(['items', 'only', 'p'])
})

test('what an event is worth has a column, whatever the event calls its own', () => {
  const events = [
    { value: '12.50' },
    { price: 3, quantity: 2 },
    { items: [{ price: 1 }, { price: 2, quantity: 5 }], [AMOUNT]: 99 },
    { [AMOUNT]: 99 },
  ].map((properties, index): Event => ({ visitor: 'v', at: index, name: 'A', properties }))
  const { gathered } = expectSame(events, [AMOUNT])
  expect(gathered.columns.get(AMOUNT)?.values).toEqual([null, 12.5, 6, 11])
})

test('bots and cookieless events are known by their codes, and asked for as a column all the same', () => {
  const marks = [{}, { bot: true }, { cookieless: true }, { bot: 'true' }, { bot: false }]
  const events = marks.map(
    (properties, index): Event => ({ visitor: 'v', at: index, name: 'A', properties }),
  )
  const { gathered, names } = expectSame(events, ['bot', 'cookieless'])
  expect(names).toHaveLength(3)
  expect(Array.from(gathered.codes, (code) => gathered.hidden[code])).toEqual([0, 1, 2, 1, 0])
  const [plain] = wovenOf(events.slice(0, 3)).parts
  expect([...(plain?.columns.keys() ?? [])]).toEqual([])
})

test('each visitor is in the slot of its hash, and parts of different numbers of slots meet', () => {
  const events = Array.from(
    { length: 2000 },
    (_, index): Event => ({
      visitor: `v${index % 500}`,
      at: (index % 3) * DAY_MS + index,
      name: 'A',
      properties: { p: index % 500 },
    }),
  )
  const { names, codeOf } = nameBook()
  const parts = [1, 16, 256].flatMap((slots, day) =>
    weaveParts(
      events.filter(({ at }) => Math.floor(at / DAY_MS) === day),
      codeOf,
      slots,
    ),
  )
  const arena = new Arena()
  const histories = Array.from({ length: 16 }, (_, slot) => {
    const range = rangeOfSlot(slot, 16)
    const mine = parts.filter(
      (part) =>
        part.slots === 1 ||
        (part.slot * 16) / part.slots === slot ||
        (part.slots === 256 && part.slot >>> 4 === slot),
    )
    const some = gatherParts(openAll(mine), names, ['p'], { range, visitorIds: true, arena })
    const all = gatherParts(openAll(parts), names, ['p'], { range, visitorIds: true })
    expect(historiesOf(some, ['p'])).toEqual(historiesOf(all, ['p']))
    return historiesOf(all, ['p'])
  })
  const expected = historiesOf(gather(events, ['p']), ['p'])
  expect(histories.flat().sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1))).toEqual(expected)
})

test('a day of 110,000 events is one part, of a million sixteen, of ten millions 256', () => {
  expect([0, 110_000, 1_000_000, 10_000_000].map(slotsFor)).toEqual([1, 1, 16, 256])
})

test('nothing woven is no part; half milliseconds and names without a code are refused', () => {
  const row = { visitor: 'v', at: 0, name: 'A', properties: {} }
  expect(weaveParts([], () => 0)).toEqual([])
  expect(() => weaveParts([{ ...row, at: 0.5 }], () => 0)).toThrow(RangeError)
  expect(() => weaveParts([row], () => 65_536)).toThrow(RangeError)
})
