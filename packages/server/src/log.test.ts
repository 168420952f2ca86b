import { Client } from 'pg'
import { expect, inject, it } from 'vitest'
import { makeLog } from './log.ts'

it('says what went wrong in the database, and not with whose data', async () => {
  const lines: string[] = []
  const log = makeLog({ log_level: 'error' }, { write: (line) => lines.push(line) })
  const client = new Client({ connectionString: inject('postgres') })
  await client.connect()
  await client.query('create temp table visitors (visitor_id text primary key)')
  const insert = `insert into visitors values ('someone')`
  await client.query(insert)
  // Postgres quotes the row in the detail, and here the statement as where.
  const failing = [insert, `do $$ begin execute '${insert.replaceAll("'", "''")}'; end $$`]
  for (const statement of failing) {
    const error: unknown = await client.query(statement).catch((reason: unknown) => reason)
    log.error({ err: error }, 'could not write events')
  }
  await client.end()
  expect(lines).toHaveLength(2)
  for (const line of lines) expect(line).toContain('duplicate key value')
  expect(lines.join()).not.toContain('someone')
})
