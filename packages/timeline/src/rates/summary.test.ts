import { expect, it } from 'vitest'
import { addChunk, noTimes } from '../counting/times.ts'
import { summary } from './summary.ts'

const tenths = Array.from({ length: 11 }, (_, i) => (10 - i) * 1000)

it.each([
  { name: 'none', in: [], want: [0, null, null, null] },
  { name: 'one', in: [1500], want: [1, 1.5, 1.5, 1.5] },
  { name: 'two: between the ranks', in: [3000, 1000], want: [2, 2, 2, 2.8] },
  { name: 'eleven, unsorted', in: tenths, want: [11, 5, 5, 9] },
  { name: 'as numbers, not as text', in: [10_000, 9_000, 100_000], want: [3, 119 / 3, 10, 82] },
])('$name', ({ in: times, want: [count, mean, median, p90] }) => {
  const given = noTimes()
  addChunk(given, Float64Array.from(times))
  const got = summary(given)
  expect(got.count).toBe(count)
  for (const [one, other] of [
    [got.mean_seconds, mean],
    [got.median_seconds, median],
    [got.p90_seconds, p90],
  ])
    if (typeof other === 'number') expect(one).toBeCloseTo(other, 9)
    else expect(one).toBeNull()
})
