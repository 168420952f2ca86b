import type { Kysely } from 'kysely'
import { makeMonthsAhead } from '../../../server/src/db/months.ts'
import type { Database } from '../../../server/src/db/tables.ts'

/** Makes the partitions of every month of a range; the server makes its own only from today on. */
export async function makeMonths(
  db: Kysely<Database>,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const month = new Date(from)
  for (let at = from; at < to; ) {
    await makeMonthsAhead(db, at)
    month.setUTCMonth(month.getUTCMonth() + 1, 1)
    at = month.getTime()
  }
}
