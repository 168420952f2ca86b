/** Makes a dataset ready to be asked about: rows are stored or taken up again, timelines are always woven anew. */
import { Client } from 'pg'
import { openDatabase } from '../../../server/src/db/database.ts'
import { migrate } from '../../../server/src/db/migrate.ts'
import { withBar } from '../bar.ts'
import type { Cost } from './cost.ts'
import type { Dataset } from './dataset.ts'
import { urlOf } from './make-database.ts'
import { mergeAll } from './merge-all.ts'
import { readSizes, type Sizes } from './sizes.ts'
import { findStored, type Stored, store } from './store.ts'
import { weaveAll } from './weave-all.ts'

/** A dataset that is in Postgres, and what it took. */
export interface Loaded extends Stored {
  weaving: Cost
  merging: Cost
  sizes: Sizes
}

export async function load(server: string, dataset: Dataset, reuse: boolean): Promise<Loaded> {
  const known = reuse ? await findStored(server, dataset) : null
  const stored = known ?? (await store(server, dataset))
  const url = urlOf(server, dataset.name)
  const db = openDatabase(url)
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await migrate(url)
    await client.query('truncate timelines, weaves')
    await client.query('update batches set woven = null where woven is not null')
    const weaving = await withBar(`Weaving ${dataset.name}`, stored.events, (progress) =>
      weaveAll(db.timelines, progress),
    )
    if (weaving.events !== stored.events)
      throw new Error(`${weaving.events} of ${stored.events} events were woven`)
    const merging = await mergeAll(db.timelines, stored.events)
    await client.query('vacuum (analyze) timelines, batches, weaves')
    await client.query('checkpoint')
    const sizes = await readSizes(client, stored.events)
    return { ...stored, weaving, merging, sizes }
  } finally {
    await client.end()
    await db.close()
  }
}
