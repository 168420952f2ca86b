import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'

/** The process of the Postgres at an address on this machine. */
export async function postmasterOf(database_url: string): Promise<number> {
  const client = new Client({ connectionString: database_url })
  await client.connect()
  const { rows } = await client.query<{ data_directory: string }>('show data_directory')
  await client.end()
  const file = join(rows[0]?.data_directory ?? '', 'postmaster.pid')
  return Number.parseInt(readFileSync(file, 'utf8'), 10)
}
