import { vi } from 'vitest'

/** Random cases a property: few in every run of the tests, many at night (`WEIR_RUNS=100000`). */
export const RUNS = Number(process.env.WEIR_RUNS ?? 1000)

/** What fast-check is told. A failure prints `seed` and `path`: put them here to see it again. */
export const runs = (share = 1) => ({ numRuns: Math.ceil(RUNS * share) })

// The slowest property takes some 5 ms a case, twice that while a case is made small.
vi.setConfig({ testTimeout: Math.max(30_000, RUNS * 30) })
