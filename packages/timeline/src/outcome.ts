import type { Plan } from './plan.ts'

/**
 * What a report needs of one visitor or visit: which stages it reached, and by which events. Events are
 * named by their positions in the source. Reused from visitor to visitor.
 */
export interface Outcome {
  /** Whether the question sees any event in the range. */
  isSeen: boolean
  /** The stages reached, as bits. */
  reached: number
  /** Of the chain that first reached each stage: its last event, the one before it, and its entry; all one where it is of one event. */
  readonly last: Int32Array
  readonly before: Int32Array
  readonly entry: Int32Array
  /** By stage: how many events fill it in some chain. */
  readonly fills: Int32Array
  /** Those fills whose events have an amount or a currency, as pairs of stage and event. */
  paid: Int32Array
  paidLength: number
}

export const emptyOutcome = ({ stages }: Plan): Outcome => ({
  isSeen: false,
  reached: 0,
  last: new Int32Array(stages),
  before: new Int32Array(stages),
  entry: new Int32Array(stages),
  fills: new Int32Array(stages),
  paid: new Int32Array(64),
  paidLength: 0,
})

/** Forgets what was filled; `last`, `before` and `entry` mean nothing where a stage was not reached. */
export function clearOutcome(outcome: Outcome) {
  const { fills } = outcome
  for (let stage = 0; stage < fills.length; stage++) fills[stage] = 0
  outcome.isSeen = false
  outcome.reached = 0
  outcome.paidLength = 0
}

export function notePaid(outcome: Outcome, stage: number, event: number) {
  if (outcome.paidLength === outcome.paid.length) {
    const paid = new Int32Array(outcome.paid.length * 2)
    paid.set(outcome.paid)
    outcome.paid = paid
  }
  outcome.paid[outcome.paidLength++] = stage
  outcome.paid[outcome.paidLength++] = event
}
