/**
 * What one thread does of a question:
 * 1. It opens the parts that stand in shared memory, and weaves the tail in memory.
 * 2. It takes ranges of visitors, one after the other, until none is left: reads the parts that are cut
 *    as fine as the ranges where those are not shared, gathers the timelines of the range, folds them.
 * 3. It gives what it counted over all its ranges.
 */
import { Arena, gatherParts, hashRanges, type OpenPart } from '@weir/timeline/parts'
import type { PoolClient } from 'pg'
import type { Codes } from '../weave/read-codes.ts'
import { type SharedPart, SharedParts } from './open-shared.ts'
import type { Pin } from './pin.ts'
import { type Asked, type Counted, type Kind, WAYS } from './question.ts'
import { readParts } from './read-parts.ts'
import { tailParts } from './tail-parts.ts'
import { withoutRemoved } from './without-removed.ts'

/** A question as a thread gets it. */
export interface Task<K extends Kind = Kind> {
  kind: K
  asked: Asked[K]
  pin: Pin
  codes: Codes
  /** Properties that are read, by name. */
  properties: Map<string, number>
  /** Parts in shared memory, and the slabs that they stand in. */
  parts: SharedPart[]
  slabs: Map<number, SharedArrayBuffer>
  /** Slabs that other questions may need. */
  kept: number[]
  /** Into how many ranges the visitors are cut; a power of two. */
  ranges: number
  /** Whether there are parts that are not in shared memory: those that are cut as fine as the ranges, or finer. */
  streams: boolean
  /** The next range that nobody has taken yet, shared by all threads. */
  next: SharedArrayBuffer
}

const arena = new Arena()
const sharedParts = new SharedParts()

/** `connect` is asked for a connection only where something must be read. */
export async function scanRanges<K extends Kind>(
  connect: () => Promise<PoolClient>,
  task: Task<K>,
): Promise<Counted[K]> {
  const { pin, codes, ranges } = task
  const way = WAYS[task.kind]
  const { visitorIds } = way
  const columns = way.columns(task.asked)
  const fold = way.fold(task.asked)
  const parts = sharedParts.open(task.parts, task.slabs, task.kept)
  const shared = [
    ...withoutRemoved(parts, pin.removals, codes.names),
    ...(pin.tail.length > 0 ? await tailParts(await connect(), pin, codes) : []),
  ]
  const cuts = hashRanges(ranges)
  const taken = new Int32Array(task.next)
  let counted = fold.start()
  for (;;) {
    const index = Atomics.add(taken, 0, 1)
    const range = cuts[index]
    if (!range) return way.pack(counted)
    const own = task.streams ? await readRange(await connect(), task, index) : []
    const timelines = gatherParts([...own, ...shared], codes.names, columns, {
      range,
      arena,
      visitorIds,
    })
    counted = fold.visit(counted, timelines)
  }
}

async function readRange(client: PoolClient, task: Task, index: number): Promise<OpenPart[]> {
  const { pin, codes, properties, ranges } = task
  const { visitorIds } = WAYS[task.kind]
  const wanted = { pin, properties, visitorIds, range: { index, count: ranges } }
  const read = await readParts(client, wanted)
  return withoutRemoved(read, pin.removals, codes.names)
}
