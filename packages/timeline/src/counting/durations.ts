/**
 * Durations in milliseconds, each of a row and a kind, until they are added to the rows' tallies. They stand in
 * shared memory, so that a thread hands over millions of them by their addresses.
 */

import type { Plan } from '../matching/plan.ts'
import { BATCH } from './batch.ts'
import type { Tally } from './tally.ts'
import { addChunk, type Times } from './times.ts'

/** A duration's kind is `stage × KINDS` and one of these: how long the stage took, */
export const TOOK = 0
/** of an optional stage, how long the next required one took, */
export const CONTINUED = 1
/** how long the visit went on without the next required stage; of the last stage, how long the conversion took. */
export const ENDED = 2
export const KINDS = 3

/** Some durations. */
interface Chunk {
  readonly rows: Uint32Array
  readonly times: Float64Array
  length: number
  /** Of how many the row has its number for good: see renumber(). */
  settled: number
}

/** Durations of one kind; more are noted in the open chunk. */
export interface Durations {
  open: Chunk
  readonly full: Chunk[]
}

/** All kinds, and chunks that no kind has taken. */
export interface Notes {
  readonly kinds: readonly Durations[]
  readonly spare: Chunk[]
  /** Room to bring durations into the order of rows. */
  sorted: Float64Array
}

const MOST = 32_768

const newChunk = (length: number): Chunk => ({
  rows: new Uint32Array(length),
  times: sharedTimes(length),
  length: 0,
  settled: 0,
})

const sharedTimes = (length: number) => new Float64Array(new SharedArrayBuffer(8 * length))

const NONE = newChunk(0)

export const noNotes = (kinds: number): Notes => ({
  kinds: Array.from({ length: kinds }, () => ({ open: NONE, full: [] })),
  spare: [],
  sorted: sharedTimes(0),
})

/** The kinds that a plan has. */
export const kindsOf = ({ stages, next, required }: Plan): number[] =>
  Array.from({ length: stages }, (_, stage) => {
    const isOptional = (required & (1 << stage)) === 0
    const kinds = [
      ...(stage > 0 ? [TOOK] : []),
      ...(isOptional && next[stage] !== -1 ? [CONTINUED] : []),
      ENDED,
    ]
    return kinds.map((kind) => stage * KINDS + kind)
  }).flat()

/** Makes room for that many more of a kind, a batch at most. What was noted stays where it is. */
export function reserveDurations({ kinds, spare }: Notes, kind: number, more: number) {
  const durations = kinds[kind]!
  const { open, full } = durations
  if (open.times.length - open.length >= more) return
  if (open.length > 0) full.push(open)
  durations.open = spare.pop() ?? newChunk(full.length === 0 ? BATCH : MOST)
}

/** Notes a duration; there must be room. */
export function addDuration({ open }: Durations, row: number, ms: number) {
  open.rows[open.length] = row
  open.times[open.length++] = ms
}

const chunksOf = ({ open, full }: Durations): Chunk[] => [...full, open]

/** Gives the rows of what was noted since the last time their numbers for good. */
export function renumber({ kinds }: Notes, numbers: Uint32Array) {
  for (const chunk of kinds.flatMap(chunksOf)) {
    const { rows, length } = chunk
    for (let i = chunk.settled; i < length; i++) rows[i] = numbers[rows[i]!]!
    chunk.settled = length
  }
}

/** Adds all to the tallies of their rows. What was added stands in the notes until those are emptied. */
export function settleDurations(notes: Notes, tallies: readonly Tally[]) {
  const [tally, another] = tallies
  if (tally && !another) {
    for (const [kind, durations] of notes.kinds.entries())
      for (const { times, length } of chunksOf(durations))
        if (length > 0) addChunk(timesOf(tally, kind), times.subarray(0, length))
    return
  }
  const lengths = notes.kinds.map((durations) => lengthOf(chunksOf(durations)))
  const total = lengths.reduce((sum, length) => sum + length, 0)
  if (notes.sorted.length < total) notes.sorted = sharedTimes(Math.ceil(total * 1.25))
  let begin = 0
  for (const [kind, durations] of notes.kinds.entries()) {
    const end = begin + lengths[kind]!
    if (end > begin) addByRow(chunksOf(durations), tallies, kind, notes.sorted.subarray(begin, end))
    begin = end
  }
}

const lengthOf = (chunks: readonly Chunk[]): number =>
  chunks.reduce((sum, { length }) => sum + length, 0)

/** Those of one row are brought together: adding to a row's times in turns is what takes long. */
function addByRow(
  chunks: readonly Chunk[],
  tallies: readonly Tally[],
  kind: number,
  sorted: Float64Array,
) {
  const ends = new Uint32Array(tallies.length + 1)
  for (const { rows, length } of chunks) for (let i = 0; i < length; i++) ends[rows[i]! + 1]!++
  for (let row = 1; row < ends.length; row++) ends[row]! += ends[row - 1]!
  // From here on `ends[row]` is where the row's next time goes, and at last where they end.
  for (const { rows, times, length } of chunks)
    for (let i = 0; i < length; i++) sorted[ends[rows[i]!]!++] = times[i]!
  let begin = 0
  for (const [row, tally] of tallies.entries()) {
    const end = ends[row]!
    if (end > begin) addChunk(timesOf(tally, kind), sorted.subarray(begin, end))
    begin = end
  }
}

/** Forgets all; what was added to tallies is overwritten from then on. */
export function emptyNotes({ kinds, spare }: Notes) {
  for (const durations of kinds) {
    for (const chunk of chunksOf(durations)) {
      chunk.length = chunk.settled = 0
      if (chunk.times.length > 0) spare.push(chunk)
    }
    durations.full.length = 0
    durations.open = NONE
  }
}

export const bytesOfNotes = ({ kinds, spare, sorted }: Notes): number =>
  [...kinds.flatMap(chunksOf), ...spare].reduce(
    (bytes, { rows, times }) => bytes + rows.byteLength + times.byteLength,
    sorted.byteLength,
  )

/** Where durations of a kind are kept. */
function timesOf({ stages, time_to_convert }: Tally, kind: number): Times {
  const stage = Math.floor(kind / KINDS)
  const { time_to_stage, continued, left } = stages[stage]!
  const what = kind % KINDS
  if (what === TOOK) return time_to_stage
  if (what === CONTINUED) return continued
  return stage === stages.length - 1 ? time_to_convert : left
}
