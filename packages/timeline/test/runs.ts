import { howLong } from '../../how-long.ts'

/** Random cases a property. */
const EVERYDAY = 400

/** What fast-check is told. A failure prints `seed` and `path`: put them here to see it again. */
export const runs = (share = 1) => ({ numRuns: howLong(EVERYDAY * share) })
