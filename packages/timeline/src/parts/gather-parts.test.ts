import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyFunnel } from '../../test/funnels.ts'
import { anyHistory, RANGE } from '../../test/histories.ts'
import { plain } from '../../test/plain.ts'
import { runs } from '../../test/runs.ts'
import { columnsOf } from '../counting/columns-of.ts'
import { plainTally } from '../fixture.ts'
import { foldTimelines } from '../folds/fold.ts'
import { funnelFold } from '../folds/funnel-fold.ts'
import { type Event, gather } from '../gather.ts'
import { AMOUNT } from '../properties.ts'
import { Arena } from './arena.ts'
import { historiesOf, nameBook, openAll, weaveParts, wovenOf } from './fixture.ts'
import { gatherParts } from './gather-parts.ts'
import { HASHES, hashRanges } from './hash-range.ts'
import { DAY_MS } from './part.ts'
import { visitorHash } from './visitor-hash.ts'

const VISITORS = Array.from({ length: 12 }, (_, index) =>
  index % 3 === 0 ? `0199c0de-0000-7000-8000-00000000000${index % 10}` : `vïsitor:${index}`,
)
const PROPERTIES = ['p', 'q', 'currency', 'bot', 'cookieless', 'value', 'price', 'plan', AMOUNT]

/** Histories over some days, one property mostly constant for a visitor, one of unicode and lists. */
const anyEvents = fc
  .tuple(
    anyHistory({ maxLength: 40, visitors: VISITORS }),
    fc.array(fc.tuple(fc.nat({ max: 2 }), fc.string({ unit: 'binary', maxLength: 4 })), {
      minLength: 40,
      maxLength: 40,
    }),
  )
  .map(([events, more]): Event[] =>
    events.map((event, index) => {
      const [day, plan] = more[index] ?? [0, '']
      return { ...event, at: event.at + day * DAY_MS, properties: { ...event.properties, plan } }
    }),
  )

const slots = fc.constantFrom(undefined, 1, 16, 256)

/** Events in several weaves. */
const cutAt = (events: readonly Event[], cuts: readonly number[]): Event[][] => {
  const bounds = [0, ...cuts.map((cut) => cut % (events.length + 1)).sort((a, b) => a - b)]
  return bounds.map((begin, index) => events.slice(begin, bounds[index + 1] ?? events.length))
}

test('what is woven is gathered, over several weaves, days and slots', () => {
  fc.assert(
    fc.property(anyEvents, fc.array(fc.nat(), { maxLength: 3 }), slots, (events, cuts, slots) => {
      const { names, codeOf } = nameBook()
      const parts = cutAt(events, cuts).flatMap((weave) =>
        openAll(weaveParts(weave, codeOf, slots)),
      )
      const gathered = gatherParts(parts, names, PROPERTIES, { visitorIds: true })
      const expected = gather(events, PROPERTIES)
      expect(historiesOf(gathered, PROPERTIES)).toEqual(historiesOf(expected, PROPERTIES))
    }),
    runs(0.15),
  )
})

test('a funnel counts the same over parts as over rows', () => {
  const history = anyHistory({ maxLength: 12, visitors: ['v', 'w'] })
  fc.assert(
    fc.property(anyFunnel(), history, fc.nat(), slots, (funnel, events, cut, slots) => {
      const { names, codeOf } = nameBook()
      const parts = cutAt(events, [cut]).flatMap((weave) =>
        openAll(weaveParts(weave, codeOf, slots)),
      )
      const fold = funnelFold(funnel, RANGE)
      const asked = columnsOf(funnel)
      const ofParts = foldTimelines(fold, gatherParts(parts, names, asked))
      const ofRows = foldTimelines(funnelFold(funnel, RANGE), gather(events, asked))
      expect(plain(plainTally(funnel, ofParts))).toEqual(plain(plainTally(funnel, ofRows)))
    }),
    runs(0.5),
  )
})

test('ranges of the hash share out the visitors, and one arena serves them all', () => {
  fc.assert(
    fc.property(anyEvents, slots, fc.constantFrom(1, 4, 64), (events, slots, count) => {
      const { names, open } = wovenOf(events, slots)
      const arena = new Arena()
      const histories = hashRanges(count).flatMap((range) =>
        historiesOf(
          gatherParts(open, names, PROPERTIES, { range, visitorIds: true, arena }),
          PROPERTIES,
        ),
      )
      const expected = historiesOf(gather(events, PROPERTIES), PROPERTIES)
      expect(histories.sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1))).toEqual(expected)
    }),
    runs(0.1),
  )
})

test('nobody in the range, and no parts at all', () => {
  const { names, open } = wovenOf([{ visitor: 'v', at: 0, name: 'A', properties: { p: 1 } }])
  for (const parts of [open, []]) {
    const timelines = gatherParts(parts, names, ['p'], { range: { from: HASHES - 1, to: HASHES } })
    expect(timelines.ends.length).toBe(0)
    expect(timelines.at.length).toBe(0)
    expect(timelines.columns.size).toBe(0)
  }
})

test('visitors whose hashes differ in the upper half only are two', () => {
  const seen = new Map<number, string>()
  for (let index = 0; ; index++) {
    const id = `v${index}`
    const { lo } = visitorHash(id)
    const other = seen.get(lo)
    seen.set(lo, id)
    if (other === undefined) continue
    const events = [id, other].map((visitor, at) => ({ visitor, at, name: 'A', properties: {} }))
    const { names, open } = wovenOf(events)
    expect([...gatherParts(open, names, []).ends]).toEqual([1, 2])
    return
  }
})
