/**
 * What one thread does of a question:
 * 1. It weaves the tail in memory and reads the parts that are cut coarser than the ranges, once.
 * 2. It takes ranges of visitors, one after the other, until none is left: reads the parts that are
 *    cut as fine, gathers the timelines of the range, and folds them.
 * 3. It gives what it counted over all its ranges.
 */
import { type FunnelTally, foldAll, foldTimelines } from '@weir/timeline'
import {
  Arena,
  gatherParts,
  hashRanges,
  type OpenPart,
  openPart,
  type Part,
  weaveParts,
} from '@weir/timeline/parts'
import type { Pool, PoolClient } from 'pg'
import { ORDER_ID } from '../weave/find-removed.ts'
import { type Codes, readCodes } from '../weave/read-codes.ts'
import { readBatches } from '../weave/read-rows.ts'
import type { Pin } from './pin.ts'
import { readParts } from './read-parts.ts'
import { foldOf, type Report } from './report.ts'
import { withoutRemoved } from './without-removed.ts'

/** A question as a thread gets it. */
export interface Task {
  pin: Pin
  reports: Report[]
  /** The columns that the reports need. */
  columns: string[]
  /** Into how many ranges the visitors are cut; a power of two. */
  ranges: number
  /** The next range that nobody has taken yet, shared by all threads. */
  next: SharedArrayBuffer
}

export type Counted = FunnelTally[][]

/** A batch of the tail was not there whole: the question must be pinned again. */
export class TailChanged extends Error {}

const arena = new Arena()

export async function scanRanges(pool: Pool, task: Task): Promise<Counted> {
  const client = await pool.connect()
  try {
    const counted = await scanWith(client, task)
    client.release()
    return counted
  } catch (error) {
    client.release(true)
    throw error
  }
}

async function scanWith(
  client: PoolClient,
  { pin, reports, columns, ranges, next }: Task,
): Promise<Counted> {
  const codes = await readCodes(client, pin.site_id)
  // A removed event is told from another by its order.
  const needed = pin.removals.length > 0 ? [...columns, ORDER_ID] : columns
  const properties = codesOf(needed, codes)
  const fold = foldAll(reports.map(foldOf))
  const coarse = ranges === 1 ? [] : await parts('coarser')
  const shared = [...coarse, ...(await tailParts(client, pin, codes))]
  const cuts = hashRanges(ranges)
  const taken = new Int32Array(next)
  let counted = fold.start()
  for (;;) {
    const index = Atomics.add(taken, 0, 1)
    const range = cuts[index]
    if (!range) return counted
    const pieces = [...(await parts(index)), ...shared].sort((a, b) => dayOf(a) - dayOf(b))
    const timelines = gatherParts(pieces, codes.names, columns, { range, arena })
    counted = foldTimelines(fold, timelines, counted)
  }

  async function parts(index: number | 'coarser'): Promise<OpenPart[]> {
    const range = { index, count: ranges }
    const read = await readParts(client, { pin, properties, visitor_ids: false, range })
    return withoutRemoved(read, pin.removals, codes.names)
  }
}

async function tailParts(client: PoolClient, pin: Pin, codes: Codes): Promise<OpenPart[]> {
  const { rows, whole } = await readBatches(client, pin.site_id, pin.tail)
  if (whole.length !== pin.tail.length) throw new TailChanged('the tail changed')
  return weaveParts(rows, codes.ofName, 1)
    .filter(({ day }) => day >= pin.days.first && day <= pin.days.last)
    .map(open)
}

const open = ({ core, visitorIds, columns }: Part): OpenPart =>
  openPart({ core, visitorIds, columns })

const dayOf = (part: OpenPart): number => part.core.day

function codesOf(columns: readonly string[], { ofProperty }: Codes): Map<number, string> {
  const known = new Map<number, string>()
  for (const name of columns) {
    const code = ofProperty.get(name)
    if (code !== undefined) known.set(code, name)
  }
  return known
}
