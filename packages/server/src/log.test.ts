import { Client } from 'pg'
import { expect, inject, it } from 'vitest'
import { makeLog } from './log.ts'

it('says what went wrong in the database, and not with whose data', async () => {
  const lines: string[] = []
  const log = makeLog({ log_level: 'error' }, { write: (line) => lines.push(line) })
  const client = new Client({ connectionString: inject('postgres') })
  await client.connect()
  const insert = `insert into visitors values ('someone'), ('someone')`
  const error: unknown = await client
    .query(`create temp table visitors (visitor_id text primary key); ${insert}`)
    .catch((reason: unknown) => reason)
  await client.end()
  log.error({ err: error }, 'could not write events')
  expect(lines.join()).toContain('duplicate key value')
  expect(lines.join()).not.toContain('someone')
})
