/**
 * What one thread does of a question:
 * 1. It opens the parts that stand in shared memory, and weaves the tail in memory.
 * 2. It takes ranges of visitors, one after the other: reads the parts that are cut as fine as the ranges
 *    where those are not shared, gathers the timelines of the range, or joins what came since to those that
 *    it kept, and folds them.
 * 3. It gives what it counted over all its ranges.
 */
import { Rooms, type Timelines } from '@weir/timeline'
import { Arena, gatherParts, hashRanges, type OpenPart } from '@weir/timeline/parts'
import type { PoolClient } from 'pg'
import { keptSources, mayKeep } from './kept-sources.ts'
import { SharedParts } from './open-shared.ts'
import { type Counted, type Kind, WAYS } from './question.ts'
import { readParts } from './read-parts.ts'
import { Tails } from './tails.ts'
import { type Share, takeRanges } from './take-ranges.ts'
import type { Task } from './task.ts'
import { withoutRemoved } from './without-removed.ts'

const arena = new Arena()
const sharedParts = new SharedParts()
const tails = new Tails()
const rooms = new Rooms(48 * 1024 * 1024)

/** `connect` is asked for a connection only where something must be read. */
export async function scanRanges<K extends Kind>(
  connect: () => Promise<PoolClient>,
  task: Task<K>,
  share: Share,
): Promise<Counted[K]> {
  const { pin, codes, ranges } = task
  const way = WAYS[task.kind]
  const { visitorIds } = way
  const columns = way.columns(task.asked)
  rooms.takeBack()
  const fold = way.fold(task.asked, rooms)
  const opened = sharedParts.open(task.parts, task.slabs, task.kept)
  const tail = await tails.parts(connect, pin, codes)
  const shared = [...withoutRemoved(opened, pin.removals, codes.names), ...tail]
  const keptOf = mayKeep(task) ? keptSources(task, columns, opened, tail) : null
  const cuts = hashRanges(ranges)
  let counted = fold.start()
  for (const index of takeRanges(task.taken, share, keptOf === null))
    for (const source of keptOf?.(index) ?? [await gather(index)])
      counted = fold.visit(counted, source)
  fold.settle?.(counted)
  return counted

  async function gather(index: number): Promise<Timelines> {
    const own = task.streams ? await readRange(await connect(), task, index) : []
    const range = cuts[index]
    return gatherParts([...own, ...shared], codes.names, columns, {
      arena,
      visitorIds,
      ...(range ? { range } : {}),
    })
  }
}

async function readRange(client: PoolClient, task: Task, index: number): Promise<OpenPart[]> {
  const { pin, codes, properties, ranges } = task
  const { visitorIds } = WAYS[task.kind]
  const wanted = { pin, properties, visitorIds, range: { index, count: ranges } }
  const read = await readParts(client, wanted)
  return withoutRemoved(read, pin.removals, codes.names)
}
