/** Random cases a property; one in `npm test` (WEIR_RUNS=100000 for a night). */
export const RUNS = Number(process.env.WEIR_RUNS ?? 1500)

/** What fast-check is told: a failure prints its seed and path, which belong here to run it again. */
export const runs = (share = 1) => ({ numRuns: Math.ceil(RUNS * share) })
