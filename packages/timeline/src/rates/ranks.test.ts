import fc from 'fast-check'
import { expect, test } from 'vitest'
import { atRanks } from './ranks.ts'

const DAYS_40_000 = 40_000 * 86_400_000

/** Most are 0, some are equal, some as long as a window can be. */
const times = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  fc.integer({ min: 0, max: 1_000 }),
  fc.integer({ min: 0, max: DAYS_40_000 }),
)

test('what stands at a rank is what sorting puts there, few or many', () => {
  const several = fc.array(fc.array(times, { maxLength: 40 }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(several, fc.constantFrom(1, 2_000), fc.nat(), (lists, copies, seed) => {
      const chunks = lists.map((list) =>
        Float64Array.from({ length: list.length * copies }, (_, i) => list[i % list.length] ?? 0),
      )
      const sorted = chunks.flatMap((chunk) => [...chunk]).sort((a, b) => a - b)
      if (sorted.length === 0) return
      const ranks = [0, seed % sorted.length, sorted.length - 1, (seed >>> 7) % sorted.length]
      expect(atRanks(chunks, ranks)).toEqual(ranks.map((rank) => sorted[rank]))
    }),
    { numRuns: 60 },
  )
})
