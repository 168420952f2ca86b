import type { Candidates } from './candidates.ts'
import type { Plan } from './plan.ts'

/** What one visitor or visit reached. Events are named by their index among the candidates. Reused. */
export interface Reached {
  readonly stages: number
  /** Row k: the chain that first reached stage k, entry first. */
  readonly chains: Int32Array
  /** How long each row is; 0 where the stage was not reached. */
  readonly lengths: Int32Array
  /** Per candidate: the stages that it fills in some chain, as bits. */
  fills: Int32Array
}

export const emptyReached = (stages: number): Reached => ({
  stages,
  chains: new Int32Array(stages * stages),
  lengths: new Int32Array(stages),
  fills: new Int32Array(0),
})

/** Forgets what was reached and makes room for that many candidates. */
export function clearReached(reached: Reached, candidates: number) {
  const { lengths } = reached
  for (let stage = 0; stage < lengths.length; stage++) lengths[stage] = 0
  if (reached.fills.length < candidates) reached.fills = new Int32Array(candidates * 2)
  const { fills } = reached
  for (let i = 0; i < candidates; i++) fills[i] = 0
}

/** The event of a chain: 0 is the entry. */
export const eventOf = (reached: Reached, stage: number, index: number): number =>
  reached.chains[stage * reached.stages + index]!

/** The last required stage reached, counted from 1; 0 where none was. */
export function furthestOf({ required }: Plan, { lengths, stages }: Reached): number {
  let furthest = stages
  while (furthest > 0 && (lengths[furthest - 1] === 0 || (required & (1 << (furthest - 1))) === 0))
    furthest--
  return furthest
}

/** When each event of the chain that first reached a stage was; empty where none did. */
export function timesOf(reached: Reached, stage: number, { at }: Candidates): number[] {
  const row = stage * reached.stages
  return Array.from(
    reached.chains.subarray(row, row + reached.lengths[stage]!),
    (event) => at[event]!,
  )
}

/**
 * Of two chains to one stage, as times, the better is below 0: the earliest last event, then the
 * latest entry, then the earliest stage 2, then 3, …
 */
export function compareChains(a: readonly number[], b: readonly number[]): number {
  const last = (a.at(-1) ?? 0) - (b.at(-1) ?? 0)
  if (last !== 0) return last
  const entry = (b[0] ?? 0) - (a[0] ?? 0)
  if (entry !== 0) return entry
  for (const [index, time] of a.entries()) {
    const difference = time - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
