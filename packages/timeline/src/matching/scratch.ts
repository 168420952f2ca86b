import { type Candidates, emptyCandidates } from './candidates.ts'
import { emptyHeld, type Held } from './held.ts'
import type { Plan } from './plan.ts'
import { emptyReached, type Reached } from './reached.ts'

/** Room to match in, made once for a fold: nothing is allocated per visitor or event. */
export interface Scratch {
  readonly candidates: Candidates
  readonly held: Held
  readonly reached: Reached
  /** With `hold`: the same for one value. */
  readonly own: {
    readonly candidates: Candidates
    readonly reached: Reached
    /** The values to match, one after the other. */
    readonly values: number[]
  }
  /** For asking what else might have been. */
  readonly trial: Reached
}

export const scratchOf = ({ stages }: Plan): Scratch => ({
  candidates: emptyCandidates(),
  held: emptyHeld(stages),
  reached: emptyReached(stages),
  own: { candidates: emptyCandidates(), reached: emptyReached(stages), values: [] },
  trial: emptyReached(stages),
})
