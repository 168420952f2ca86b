import type { Plan } from './plan.ts'

/** How many units are matched before their rows are looked for: what is known of them stays in the nearest cache. */
export const BATCH = 512

/**
 * What is known of each of some units: which stages it reached, by which events. Events are named by their
 * positions in the source. Reused from batch to batch.
 */
export interface Outcomes {
  /** By unit: the stages reached, as bits. What follows means nothing where a stage was not. */
  readonly reached: Int32Array
  /** Of the chain that first reached a stage: its last event, and its entry; at `unit × stages + stage`. */
  readonly last: Int32Array
  readonly entry: Int32Array
  /** Units that the compiled matching gave up. */
  readonly ties: Uint16Array
  tiesLength: number
}

export const noOutcomes = ({ stages }: Plan): Outcomes => ({
  reached: new Int32Array(BATCH),
  last: new Int32Array(BATCH * stages),
  entry: new Int32Array(BATCH * stages),
  ties: new Uint16Array(BATCH),
  tiesLength: 0,
})
