import { Client } from 'pg'

/** Creates the database `weir` if the cluster has none. */
export async function ensureDatabase(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    const found = await client.query(`select 1 from pg_database where datname = 'weir'`)
    if (found.rowCount === 0) await client.query('create database weir')
  } finally {
    await client.end()
  }
}
