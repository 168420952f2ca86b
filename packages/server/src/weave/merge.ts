/**
 * Merges small parts, so that a day is few parts whatever the pace at which its events came:
 * 1. Of the days that have several layers one is taken for which chooseMerge() finds something to merge.
 * 2. Under the lock, in one transaction, the merged parts are stored as a weave of their own, and those that
 *    they replace are marked with its number: a question sees either all of the old or all of the new.
 * 3. The old ones stay for questions that were pinned before; see sweep.ts.
 */
import { slotsFor } from '@weir/timeline/parts'
import type { Pool, PoolClient } from 'pg'
import { inTransaction } from '../db/in-transaction.ts'
import { chooseMerge, type Layer } from './choose-merge.ts'
import type { Day } from './day.ts'
import { insertParts } from './insert-parts.ts'
import { takeWeaveLock } from './lock.ts'
import { mergeLayers } from './merge-layers.ts'
import { readCodes } from './read-codes.ts'
import { insertWeave, nextWeave } from './weave-number.ts'

export interface MergeOptions {
  /** How many layers of a like size are merged into one. */
  fan_in: number
  /** A day without a weave for so long is merged into as few layers as is sensible. */
  quiet_ms: number
  /** Into how many slots a day of so many events is cut. */
  slotsFor: (events: number) => number
}

const USUAL: MergeOptions = { fan_in: 8, quiet_ms: 3_600_000, slotsFor }

/** Merges one day, where there is one to merge, of these or of all; says whether it did. */
export const merge = (
  pool: Pool,
  options: Partial<MergeOptions> = {},
  days: readonly Day[] | null = null,
): Promise<boolean> => {
  const { fan_in, quiet_ms, slotsFor } = { ...USUAL, ...options }
  return inTransaction(pool, async (client) => {
    if (!(await takeWeaveLock(client))) return false
    for (const { site_id, day, quiet, layers } of await listLayeredDays(client, quiet_ms, days)) {
      const chosen = chooseMerge(layers, { fan_in, quiet })
      if (chosen.length === 0) continue
      await mergeDay(client, { site_id, day }, chosen, slotsFor)
      return true
    }
    return false
  })
}

async function mergeDay(
  client: PoolClient,
  day: Day,
  layers: readonly Layer[],
  slotsFor: MergeOptions['slotsFor'],
): Promise<void> {
  const number = await nextWeave(client)
  const codes = await readCodes(client, day.site_id)
  const events = layers.reduce((sum, layer) => sum + layer.events, 0)
  let stored = 0
  let count = 0
  for await (const parts of mergeLayers(client, day, layers, slotsFor(events), codes)) {
    await insertParts(client, day.site_id, number, parts, codes.ofProperty)
    for (const part of parts) stored += part.events
    count += parts.length
  }
  if (stored !== events)
    throw new Error(`${events} events were to be merged, but ${stored} were there`)
  await markReplaced(client, day, layers, number)
  await insertWeave(client, number, count)
}

interface LayeredDay extends Day {
  quiet: boolean
  layers: Layer[]
}

/** Days of several layers. What has no row in `weaves` any more is old. */
async function listLayeredDays(
  client: PoolClient,
  quiet_ms: number,
  days: readonly Day[] | null,
): Promise<LayeredDay[]> {
  const { rows } = await client.query<LayeredDay>(
    `
    with layers as (
      select site_id, day, weave, max(slots) as slots, sum(events) as events
      from timelines
      where property = 0
        and replaced_by is null
        and (
          $2::integer[] is null
          or (site_id, day) in (
            select site_id, date '1970-01-01' + day
            from unnest($2::integer[], $3::integer[]) as wanted (site_id, day)
          )
        )
      group by site_id, day, weave
    )
    select
      site_id,
      day - date '1970-01-01' as day,
      coalesce(max(woven_at) < clock_timestamp() - $1 * interval '1 millisecond', true) as quiet,
      json_agg(json_build_object('weave', weave, 'slots', slots, 'events', events)) as layers
    from layers
    left join weaves using (weave)
    group by site_id, day
    having count(*) > 1
    order by day desc, site_id`,
    [quiet_ms, days?.map(({ site_id }) => site_id) ?? null, days?.map(({ day }) => day) ?? null],
  )
  return rows
}

async function markReplaced(
  client: PoolClient,
  { site_id, day }: Day,
  layers: readonly Layer[],
  number: number,
): Promise<void> {
  await client.query(
    `
    update timelines
    set replaced_by = $1, replaced_at = clock_timestamp()
    where site_id = $2
      and day = date '1970-01-01' + $3::integer
      and weave = any($4::bigint[])
      and replaced_by is null`,
    [number, site_id, day, layers.map(({ weave }) => weave)],
  )
}
