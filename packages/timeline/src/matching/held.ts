import { emptyMatching, type Matching } from './matching.ts'
import type { Plan } from './plan.ts'

/** What each stage holds: the chain with the latest entry. Reused from visitor to visitor. */
export interface Held {
  /** When the entry of each stage's chain was; -Infinity where it holds none. */
  readonly entries: Float64Array
  /** Row k: the chain that stage k holds. */
  readonly chains: Int32Array
  /** For a moment of several events: what was held before it, and room to work. */
  readonly moment: Moment
}

export interface Moment {
  readonly entries: Float64Array
  readonly chains: Int32Array
  /** The latest entry that a stage was reached with in this moment. */
  readonly firsts: Float64Array
  readonly matching: Matching
  readonly trial: Matching
}

export const emptyHeld = (stages: number): Held => ({
  entries: new Float64Array(stages).fill(-Infinity),
  chains: new Int32Array(stages * stages),
  moment: {
    entries: new Float64Array(stages),
    chains: new Int32Array(stages * stages),
    firsts: new Float64Array(stages),
    matching: emptyMatching(),
    trial: emptyMatching(),
  },
})

/** A loop: `fill` costs more than it does on so few (twice as long per visitor, Node 20). */
export function clearHeld({ entries }: Held) {
  for (let stage = 0; stage < entries.length; stage++) entries[stage] = -Infinity
}

/** Writes into row `stage` of `chains` what the stage before it holds, and one more event. */
export function noteHeld(
  { stages, base, depth }: Plan,
  held: Held,
  stage: number,
  event: number,
  chains: Int32Array,
) {
  const from = base[stage]! * stages
  const to = stage * stages
  const length = depth[stage]!
  for (let i = 0; i < length; i++) chains[to + i] = held.chains[from + i]!
  chains[to + length] = event
}
