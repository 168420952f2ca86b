import { duration } from '@weir/client/text'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/tables.ts'
import { bad, type Finding, good, look } from './finding.ts'

const NOTABLE_MS = 1_000
const WRONG_MS = 60_000

/** This machine's clock, which dates events, against the database's, which dates batches. */
export async function checkClock(db: Kysely<Database>): Promise<Finding> {
  const asked = Date.now()
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
  const answered = Date.now()
  const skew = (rows[0]?.now.getTime() ?? asked) - (asked + answered) / 2
  const off = Math.max(0, Math.abs(skew) - (answered - asked) / 2)
  if (off < NOTABLE_MS) return good('clock', 'agrees with the database')
  const found = `the database is ${duration(off / 1_000)} ${skew > 0 ? 'ahead' : 'behind'}`
  const advice = 'Set both by NTP: times of events and of their arrival are compared.'
  return off < WRONG_MS ? look('clock', found, advice) : bad('clock', found, advice)
}
