import { Client } from 'pg'

/** Asks a database one question; answers the first column of the first row. */
export async function ask(url: string | undefined, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' })
    return rows[0]?.[0]
  } finally {
    await client.end()
  }
}
