/**
 * Finds what names and properties a site's events have, without reading a row of them:
 * 1. Pinned as every question is: one number of a weave, and the batches that no weave took yet.
 * 2. Of every day of the range the cores are read: names, exact. Of some, spread over the range, the
 *    columns too: properties and their values. The tail belongs to both.
 * 3. Stages that the range does not have are looked for in the days before it, the newest first.
 * Parts are read a unit at a time, so that memory is bounded and others get the processor in between.
 */
import { AMOUNT, addUsage, emptyUsage, type Range, type UsageTally } from '@weir/timeline'
import { gatherParts, type OpenPart } from '@weir/timeline/parts'
import type { Pool, PoolClient } from 'pg'
import { ProblemError } from '../problems.ts'
import { listBlocks } from '../scan/list-blocks.ts'
import { type Pin, pin } from '../scan/pin.ts'
import { partsOfDays, TailChanged, weaveBatches } from '../scan/tail-parts.ts'
import { withoutRemoved } from '../scan/without-removed.ts'
import { ORDER_ID } from '../weave/find-removed.ts'
import { type Codes, readCodes } from '../weave/read-codes.ts'
import type { Batch } from '../weave/read-rows.ts'
import { listUnits, sampleOf, type Unit } from './list-units.ts'
import { readUnit } from './read-unit.ts'

export interface UsageOptions {
  /** Names that are looked for before the range too. */
  sought: readonly string[]
  /** How many days before the range, and how many events at most. */
  back_days: number
  most_back_events: number
  /** About how many events properties are counted in. */
  most_sample_events: number
  limit_ms: number
}

export interface Usage {
  /** Names of all events in the range. */
  names: UsageTally
  /** Properties of some of them. */
  sample: UsageTally
  /** By name, of those sought: the newest, also before the range. */
  last_at: Map<string, number>
  /** Since when the events before the range were looked at. */
  looked_back_to: number
}

const DAY_MS = 86_400_000
const TAIL_EVENTS_AT_ONCE = 20_000
const TRIES = 5

export async function findUsage(
  pool: Pool,
  site_id: number,
  range: Range,
  options: UsageOptions,
  signal: AbortSignal,
): Promise<Usage> {
  const late = performance.now() + options.limit_ms
  const checkTime = () => {
    signal.throwIfAborted()
    if (performance.now() < late) return
    throw new ProblemError('too_slow', 'The answer takes too long; ask for fewer days.')
  }
  const client = await pool.connect()
  try {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const reading = await startReading(client, site_id, range, options.back_days)
      try {
        return await read(reading, range, options, checkTime)
      } catch (error) {
        if (!(error instanceof TailChanged)) throw error
      }
    }
    throw new ProblemError('unavailable', 'The events of this question keep changing.')
  } finally {
    client.release()
  }
}

interface Reading {
  client: PoolClient
  pin: Pin
  codes: Codes
  units: Unit[]
}

async function startReading(
  client: PoolClient,
  site_id: number,
  range: Range,
  back_days: number,
): Promise<Reading> {
  const days = {
    first: Math.floor(range.from / DAY_MS) - back_days,
    last: Math.floor((range.to - 1) / DAY_MS),
  }
  const pinned = await pin(client, site_id, days)
  const codes = await readCodes(client, site_id)
  return { client, pin: pinned, codes, units: listUnits(await listBlocks(client, pinned, [])) }
}

/** Throws TailChanged where a batch of the tail did meanwhile. */
async function read(
  reading: Reading,
  range: Range,
  options: UsageOptions,
  checkTime: () => void,
): Promise<Usage> {
  const { pin, units } = reading
  const usage: Usage = {
    names: emptyUsage(),
    sample: emptyUsage(),
    last_at: new Map(),
    looked_back_to: pin.days.first * DAY_MS,
  }
  const before = { from: Number.NEGATIVE_INFINITY, to: range.from }
  const older = emptyUsage()
  for (const batches of lotsOf(pin.tail)) {
    checkTime()
    const { client, codes } = reading
    const parts = partsOfDays(await weaveBatches(client, pin.site_id, batches, codes), pin.days)
    add(usage.names, reading, parts, range, false)
    add(usage.sample, reading, parts, range, true)
    add(older, reading, parts, before, false)
  }
  const first = Math.floor(range.from / DAY_MS)
  const asked = units.filter(({ day }) => day >= first)
  const sample = sampleOf(asked, options.most_sample_events)
  for (const unit of asked) {
    checkTime()
    const parts = await readParts(reading, unit, sample.has(unit))
    add(usage.names, reading, parts, range, false)
    if (sample.has(unit)) add(usage.sample, reading, parts, range, true)
    add(older, reading, parts, before, false)
  }
  let looked_at = 0
  for (const unit of units.filter(({ day }) => day < first)) {
    const end = (unit.day + 1) * DAY_MS
    // What was found so far may be a late event of an older day still.
    const isFound = (name: string) =>
      usage.names.names.has(name) || (older.names.get(name)?.last_at ?? 0) >= end
    if (options.sought.every(isFound)) break
    if (looked_at > options.most_back_events) {
      usage.looked_back_to = (unit.day + 1) * DAY_MS
      break
    }
    checkTime()
    looked_at += unit.events
    add(older, reading, await readParts(reading, unit, false), before, false)
  }
  for (const name of options.sought) {
    const found = usage.names.names.get(name) ?? older.names.get(name)
    if (found) usage.last_at.set(name, found.last_at)
  }
  return usage
}

async function readParts(
  { client, pin, codes }: Reading,
  unit: Unit,
  isSampled: boolean,
): Promise<OpenPart[]> {
  const order = codes.ofProperty.get(ORDER_ID)
  // A removed event is told from another by its order.
  const needed = pin.removals.length > 0 && order !== undefined ? [[ORDER_ID, order] as const] : []
  const properties = isSampled ? codes.ofProperty : new Map(needed)
  const parts = await readUnit(client, pin, unit, properties)
  return withoutRemoved(parts, pin.removals, codes.names)
}

function* lotsOf(tail: readonly Batch[]): Generator<Batch[]> {
  let lot: Batch[] = []
  let events = 0
  for (const batch of tail) {
    lot.push(batch)
    events += batch.events
    if (events < TAIL_EVENTS_AT_ONCE) continue
    yield lot
    lot = []
    events = 0
  }
  if (lot.length > 0) yield lot
}

/** One part after the other: whose events they are does not matter. */
function add(
  tally: UsageTally,
  { codes }: Reading,
  parts: readonly OpenPart[],
  range: Range,
  withProperties: boolean,
): void {
  for (const part of parts) {
    const properties = withProperties ? [...part.columns.keys()] : []
    const own = properties.filter((property) => property !== AMOUNT)
    addUsage(tally, gatherParts([part], codes.names, own), range)
  }
}
