/**
 * What the listing thread does of a question:
 * 1. It weaves the tail in memory, and reads the parts that are cut coarser than the ranges.
 * 2. Range by range it reads the others, gathers the timelines, and folds them.
 */
import type { Fold } from '@weir/timeline'
import { Arena, gatherParts, hashRanges, type OpenPart, openPart } from '@weir/timeline/parts'
import type { PoolClient } from 'pg'
import { copyRows } from '../db/copy-rows.ts'
import { dropEvents } from '../weave/drop-events.ts'
import { findRemoved } from '../weave/find-removed.ts'
import { CORE, PART_FIELDS, partsOf, VISITOR_IDS } from '../weave/part-rows.ts'
import type { Codes } from '../weave/read-codes.ts'
import { type ListReport, needsOf, runReport } from './list-report.ts'
import type { Pin } from './pin.ts'
import { tailParts } from './tail-parts.ts'

/** A question as the listing thread gets it. */
export interface ListTask {
  pin: Pin
  codes: Codes
  report: ListReport
  /** Properties that are read, by name. */
  properties: Map<string, number>
  /** Into how many ranges the visitors are cut; a power of two. */
  ranges: number
  /** Not 0 when nobody waits for the answer any more. */
  over: SharedArrayBuffer
}

/** What the report gave; null where nobody waited for it. Throws TailChanged. */
export const listRanges = (client: PoolClient, task: ListTask): Promise<unknown> =>
  runReport(task.report, (fold) => foldRanges(client, task, fold))

async function foldRanges<Counted>(
  client: PoolClient,
  task: ListTask,
  fold: Fold<Counted>,
): Promise<Counted | null> {
  const { pin, codes, report, ranges } = task
  const { columns, visitorIds } = needsOf(report)
  const over = new Int32Array(task.over)
  const shared = [
    ...(await readSlots(client, task, `slots < ${Number(ranges)}`)),
    ...(await tailParts(client, pin, codes)),
  ]
  const arena = new Arena()
  let counted = fold.start()
  for (const [index, range] of hashRanges(ranges).entries()) {
    if (Atomics.load(over, 0) !== 0) return null
    const own = await readSlots(client, task, slotsOfRange(index, ranges))
    const timelines = gatherParts([...own, ...shared], codes.names, columns, {
      range,
      arena,
      visitorIds,
    })
    counted = fold.visit(counted, timelines)
  }
  return fold.finish(counted)
}

const slotsOfRange = (index: number, ranges: number): string =>
  `slots >= ${Number(ranges)} and slot between ${Number(index)} * slots / ${Number(ranges)}
    and ((${Number(index)} + 1) * slots - 1) / ${Number(ranges)}`

/** The parts of some slots, as the weave that the question is pinned to left them, without what was removed since. */
async function readSlots(
  client: PoolClient,
  { pin, codes, report, properties }: ListTask,
  slots: string,
): Promise<OpenPart[]> {
  const wanted = [
    CORE,
    ...properties.values(),
    ...(needsOf(report).visitorIds ? [VISITOR_IDS] : []),
  ]
  const rows = await copyRows(
    client,
    `
    select ${PART_FIELDS}
    from timelines
    where site_id = ${Number(pin.site_id)}
      and day between date '1970-01-01' + ${Number(pin.days.first)} and date '1970-01-01' + ${Number(pin.days.last)}
      and property in (${wanted.map(Number).join(', ')})
      and weave <= ${Number(pin.weave)}
      and (replaced_by is null or replaced_by > ${Number(pin.weave)})
      and ${slots}`,
  )
  const names = new Map(Array.from(properties, ([name, code]) => [code, name]))
  return partsOf(rows, names)
    .map(openPart)
    .flatMap((part) => {
      const removed = findRemoved(part, pin.removals, codes.names)
      if (removed.size === 0) return [part]
      const left = dropEvents(part, removed)
      return left ? [openPart(left)] : []
    })
}
