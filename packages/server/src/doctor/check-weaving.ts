import { count, duration } from '@weir/client/text'
import type { Kysely } from 'kysely'
import { findBacklog } from '../db/find-backlog.ts'
import type { Database } from '../db/tables.ts'
import { bad, type Finding, good } from './finding.ts'

const LATE_SECONDS = 60

export async function checkWeaving(db: Kysely<Database>): Promise<Finding> {
  const { unwoven, lag } = await findBacklog(db)
  if (unwoven === 0) return good('weaving', 'every event is in timelines')
  const found = `${count(unwoven)} events wait, the oldest for ${duration(lag)}`
  if (lag < LATE_SECONDS) return good('weaving', found)
  return bad(
    'weaving',
    found,
    'Answers hold them, but get slower. A running Weir weaves every second: start one, or read its log; `npx weir weave` does it now.',
  )
}
