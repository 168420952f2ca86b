/**
 * Durations in milliseconds, each of a row and a kind, until they are added to the rows' tallies. They stand in
 * shared memory, so that a thread hands over millions of them by their addresses.
 */
import type { Plan } from './plan.ts'
import type { Tally } from './tally.ts'
import { addChunk, type Times } from './times.ts'

/** A duration's kind is `stage × KINDS` and one of these: how long the stage took, */
export const TOOK = 0
/** of an optional stage, how long the next required one took, */
export const CONTINUED = 1
/** how long the visit went on without the next required stage; of the last stage, how long the conversion took. */
export const ENDED = 2
export const KINDS = 3

/** Durations of one kind. */
export interface Durations {
  rows: Uint32Array
  times: Float64Array
  length: number
  /** Of how many the row has its number for good: see renumber(). */
  settled: number
}

/** By kind. */
export type DurationsByKind = readonly Durations[]

export const noDurations = (kinds: number): Durations[] =>
  Array.from({ length: kinds }, () => ({
    rows: new Uint32Array(0),
    times: new Float64Array(0),
    length: 0,
    settled: 0,
  }))

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

/** Makes room for that many more. */
export function reserveDurations(durations: Durations, more: number) {
  const most = durations.length + more
  if (durations.times.length >= most) return
  const { rows, times } = durations
  durations.rows = new Uint32Array(most * 2)
  durations.rows.set(rows)
  durations.times = sharedTimes(most * 2)
  durations.times.set(times)
}

const sharedTimes = (length: number) => new Float64Array(new SharedArrayBuffer(8 * length))

/** Notes a duration; there must be room. */
export function addDuration(durations: Durations, row: number, ms: number) {
  durations.rows[durations.length] = row
  durations.times[durations.length++] = ms
}

/** Gives the rows of what was noted since the last time their numbers for good. */
export function renumber(all: DurationsByKind, numbers: Uint32Array) {
  for (const durations of all) {
    const { rows, length } = durations
    for (let i = durations.settled; i < length; i++) rows[i] = numbers[rows[i]!]!
    durations.settled = length
  }
}

/**
 * Adds all to the tallies of their rows, and empties them. What was added stands where it stood, or in the room
 * that is given back; it is `room` if that was large enough.
 */
export function settleDurations(
  all: DurationsByKind,
  tallies: readonly Tally[],
  room: Float64Array,
): Float64Array {
  const total = all.reduce((sum, { length }) => sum + length, 0)
  const sorted =
    tallies.length === 1 || room.length >= total ? room : sharedTimes(Math.ceil(total * 1.25))
  let begin = 0
  for (const [kind, durations] of all.entries()) {
    const { times, length } = durations
    if (length === 0) continue
    if (tallies.length === 1 && tallies[0])
      addChunk(timesOf(tallies[0], kind), times.subarray(0, length))
    else addByRow(durations, tallies, kind, sorted.subarray(begin, begin + length))
    begin += length
    durations.length = durations.settled = 0
  }
  return sorted
}

/** Those of one row are brought together: adding to a row's times in turns is what takes long. */
function addByRow(
  { rows, times, length }: Durations,
  tallies: readonly Tally[],
  kind: number,
  sorted: Float64Array,
) {
  const ends = new Uint32Array(tallies.length + 1)
  for (let i = 0; i < length; i++) ends[rows[i]! + 1]!++
  for (let row = 1; row < ends.length; row++) ends[row]! += ends[row - 1]!
  // From here on `ends[row]` is where the row's next time goes, and at last where they end.
  for (let i = 0; i < length; i++) sorted[ends[rows[i]!]!++] = times[i]!
  let begin = 0
  for (const [row, tally] of tallies.entries()) {
    const end = ends[row]!
    if (end > begin) addChunk(timesOf(tally, kind), sorted.subarray(begin, end))
    begin = end
  }
}

/** Where durations of a kind are kept. */
function timesOf({ stages, time_to_convert }: Tally, kind: number): Times {
  const stage = Math.floor(kind / KINDS)
  const { time_to_stage, continued, left } = stages[stage]!
  const what = kind % KINDS
  if (what === TOOK) return time_to_stage
  if (what === CONTINUED) return continued
  return stage === stages.length - 1 ? time_to_convert : left
}
