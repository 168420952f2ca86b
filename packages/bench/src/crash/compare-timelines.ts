import { dropFromPart, openPart, visitorHash } from '@weir/timeline/parts'
import type { PoolClient } from 'pg'
import { copyRows } from '../../../server/src/db/copy-rows.ts'
import { PART_FIELDS, partsOf } from '../../../server/src/weave/part-rows.ts'
import { readCodes } from '../../../server/src/weave/read-codes.ts'

interface Row {
  visitor_id: string
  ms: number
  name: string
}

/**
 * How many events stand in the rows and not in the timelines, or the other way round, each by its visitor,
 * time and name. All must be woven.
 */
export async function compareTimelines(client: PoolClient): Promise<number> {
  const { rows: sites } = await client.query<{ site_id: number }>('select site_id from sites')
  let differing = 0
  for (const { site_id } of sites) {
    for (const count of (await differencesOf(client, site_id)).values())
      differing += Math.abs(count)
  }
  return differing
}

/** By event, how often the rows have it more than the timelines; without those that both have alike. */
async function differencesOf(client: PoolClient, site_id: number): Promise<Map<string, number>> {
  const differences = new Map<string, number>()
  const add = ({ hi, lo }: { hi: number; lo: number }, ms: number, name: string, count: number) => {
    const key = `${hi} ${lo} ${ms} ${name}`
    const now = (differences.get(key) ?? 0) + count
    if (now === 0) differences.delete(key)
    else differences.set(key, now)
  }
  const { rows } = await client.query<Row>(
    `select visitor_id, (extract(epoch from at) * 1000)::float8 as ms, name
    from events
    where site_id = $1`,
    [site_id],
  )
  for (const { visitor_id, ms, name } of rows) add(visitorHash(visitor_id), ms, name, 1)

  const { names, ofProperty } = await readCodes(client, site_id)
  const stored = await copyRows(
    client,
    `select ${PART_FIELDS}
    from timelines
    where site_id = ${site_id} and replaced_by is null`,
  )
  const properties = new Map([...ofProperty].map(([name, code]) => [code, name]))
  for (const part of partsOf(stored, properties)) {
    dropFromPart(openPart(part), ({ hi, lo, at, code }) => {
      add({ hi, lo }, at, names[code]?.name ?? '', -1)
      return false
    })
  }
  return differences
}
