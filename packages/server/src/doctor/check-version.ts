import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/tables.ts'
import { whyUnreachable } from '../db/why-unreachable.ts'
import { bad, type Finding, good } from './finding.ts'

const OLDEST = 14

/** Whether the database answers at all, how fast, and whether it is new enough. */
export async function checkVersion(db: Kysely<Database>): Promise<Finding> {
  try {
    return await askVersion(db)
  } catch (error) {
    const why = whyUnreachable(error)
    if (why) return bad('database', why.found, why.advice)
    throw error
  }
}

async function askVersion(db: Kysely<Database>): Promise<Finding> {
  const began = performance.now()
  const { rows } = await sql<{ number: string; version: string }>`
    select
      current_setting('server_version_num') as number,
      current_setting('server_version') as version`.execute(db)
  const ms = Math.round(performance.now() - began)
  const [{ number, version } = { number: '0', version: 'unknown' }] = rows
  const found = `Postgres ${version}, answered in ${ms} ms`
  if (Number(number) >= OLDEST * 10_000) return good('database', found)
  return bad('database', found, `Weir needs Postgres ${OLDEST} or newer: move to one.`)
}
