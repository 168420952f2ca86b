import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyFunnel } from '../../test/funnels.ts'
import { anyHistory, RANGE } from '../../test/histories.ts'
import { plain } from '../../test/plain.ts'
import { runs } from '../../test/runs.ts'
import { columnsOf } from '../counting/columns-of.ts'
import { plainTally } from '../fixture.ts'
import { foldSources } from '../folds/fold.ts'
import { funnelFold } from '../folds/funnel-fold.ts'
import { trendFold } from '../folds/trend-fold.ts'
import { type Event, gather } from '../gather.ts'
import type { Timelines } from '../timeline.ts'
import { Arena } from './arena.ts'
import { nameBook, openAll, weaveParts } from './fixture.ts'
import { gatherHashed } from './gather-parts.ts'
import { hashRanges } from './hash-range.ts'
import { joinKept } from './join-kept.ts'
import { keep } from './kept-timelines.ts'
import { DAY_MS } from './part.ts'

const VISITORS = Array.from({ length: 9 }, (_, index) => `v${index}`)
const anyEvents = anyHistory({ maxLength: 30, visitors: VISITORS })

/** Keeps some events range by range, and joins others to them. */
function sourcesOf(kept: readonly Event[], since: readonly Event[], asked: string[], count = 4) {
  const { names, codeOf } = nameBook()
  const arena = new Arena({ forgets: false })
  const ranges = hashRanges(count)
  const before = openAll(weaveParts(kept, codeOf))
  const standing = ranges.map((range) => keep(gatherHashed(before, names, asked, { range, arena })))
  const after = openAll(weaveParts(since, codeOf))
  return ranges.flatMap((range, index) =>
    joinKept(standing[index]!, gatherHashed(after, names, asked, { range, arena }), names),
  )
}

const halves = (events: readonly Event[], isKept: readonly boolean[]) => [
  events.filter((_, index) => isKept[index]),
  events.filter((_, index) => !isKept[index]),
]

const anyHalves = fc.array(fc.boolean(), { minLength: 30, maxLength: 30 })

test('a funnel counts the same over what is kept and what came since as over all rows', () => {
  fc.assert(
    fc.property(anyFunnel(), anyEvents, anyHalves, (funnel, events, isKept) => {
      const [kept = [], since = []] = halves(events, isKept)
      const asked = columnsOf(funnel)
      const fold = funnelFold(funnel, RANGE)
      const counted = (sources: Timelines[]) =>
        plain(plainTally(funnel, foldSources(fold, sources)))
      expect(counted(sourcesOf(kept, since, asked))).toEqual(counted([gather(events, asked)]))
    }),
    runs(0.25),
  )
})

test('so does a trend', () => {
  const boundaries = [RANGE.from, (RANGE.from + RANGE.to) / 2, RANGE.to].map(Math.floor)
  fc.assert(
    fc.property(anyFunnel(), anyEvents, anyHalves, (funnel, events, isKept) => {
      const [kept = [], since = []] = halves(events, isKept)
      const asked = columnsOf(funnel)
      const fold = trendFold(funnel, boundaries)
      const counted = (sources: Timelines[]) =>
        foldSources(fold, sources).map((tally) => plain(plainTally(funnel, tally)))
      expect(counted(sourcesOf(kept, since, asked))).toEqual(counted([gather(events, asked)]))
    }),
    runs(0.2),
  )
})

test('days that a question does not ask about change nothing', () => {
  const day = fc.constantFrom(-2, -1, 0, 0, 1)
  fc.assert(
    fc.property(
      anyFunnel(),
      anyEvents,
      fc.array(day, { minLength: 30 }),
      (funnel, events, days) => {
        const until = RANGE.to - 1 + funnel.window_ms
        // One that is a day or more before, or as long after what is read.
        const moved = events.map((event, index) => {
          const shift = days[index] ?? 0
          return shift > 0
            ? { ...event, at: Math.max(event.at, until) + DAY_MS }
            : { ...event, at: event.at + shift * (DAY_MS + until) }
        })
        const asked = columnsOf(funnel)
        const fold = funnelFold(funnel, RANGE)
        const counted = (sources: Timelines[]) =>
          plain(plainTally(funnel, foldSources(fold, sources)))
        const read = moved.filter((_, index) => (days[index] ?? 0) === 0)
        expect(counted(sourcesOf(moved, [], asked))).toEqual(counted([gather(read, asked)]))
      },
    ),
    runs(0.5),
  )
})
