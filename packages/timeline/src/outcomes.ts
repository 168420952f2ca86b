import type { Plan } from './plan.ts'
import type { Tally } from './tally.ts'

/** How many units are matched before they are counted: their outcomes stay in the nearest cache. */
export const BATCH = 512

/**
 * What a report needs of each of some units: which stages it reached, and by which events. Struct of
 * arrays, a place for each unit and stage (`unit × stages + stage`); events are named by their positions
 * in the source. Reused from batch to batch.
 */
export interface Outcomes {
  /** By unit: whether the question sees any event in the range. */
  readonly seen: Uint8Array
  /** By unit: the stages reached, as bits. What follows means nothing where a stage was not. */
  readonly reached: Int32Array
  /** Of the chain that first reached a stage: its last event, and its entry. */
  readonly last: Int32Array
  readonly entry: Int32Array
  /** And how long that last event came after the one before it, in milliseconds. */
  readonly took: Float64Array
  /** Where the next required stage was not reached: from the stage's event to the last of that visit, in milliseconds. */
  readonly left: Float64Array
  /** How many events fill the stage in some chain. Zero again when they were counted. */
  readonly fills: Int32Array
  /** Those fills whose events have an amount or a currency, as pairs of a place and an event. */
  paid: Int32Array
  paidLength: number
  /** Units that the lean matching gave up. */
  readonly ties: Uint32Array
  tiesLength: number
  /** By unit: its row, where it was found already. */
  readonly rows: (Tally | undefined)[]
}

export const noOutcomes = ({ stages }: Plan): Outcomes => ({
  seen: new Uint8Array(BATCH),
  reached: new Int32Array(BATCH),
  last: new Int32Array(BATCH * stages),
  entry: new Int32Array(BATCH * stages),
  took: new Float64Array(BATCH * stages),
  left: new Float64Array(BATCH * stages),
  fills: new Int32Array(BATCH * stages),
  paid: new Int32Array(BATCH),
  paidLength: 0,
  ties: new Uint32Array(BATCH),
  tiesLength: 0,
  rows: [],
})

/** Makes room for that many more fills that are paid. */
export function reservePaid(outcomes: Outcomes, fills: number) {
  const room = outcomes.paidLength + fills * 2
  if (outcomes.paid.length >= room) return
  const paid = new Int32Array(room * 2)
  paid.set(outcomes.paid)
  outcomes.paid = paid
}
