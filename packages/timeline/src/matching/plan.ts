import { FIRST_EXCLUSION, MAX_EXCLUSIONS, MAX_STAGES, STAGES, STRICT } from './bits.ts'
import type { Funnel } from './funnel.ts'

/** A funnel as numbers, stages counted from 0. What no events are needed for. */
export interface Plan {
  readonly funnel: Funnel
  /** How many stages. */
  readonly stages: number
  /** The stages that are not optional, as bits. */
  readonly required: number
  /** The nearest earlier required stage of each; -1 for the first. */
  readonly base: Int32Array
  /** The next required stage after each; -1 for the last. */
  readonly next: Int32Array
  /** How many required stages stand before each: the length of its chains, less one. */
  readonly depth: Int32Array
  readonly window_ms: number
  /** An event with one of these bits, in the range, is an entry. */
  readonly openers: number
  readonly exclusions: readonly PlannedExclusion[]
}

export interface PlannedExclusion {
  readonly bit: number
  readonly after: number
  readonly before: number
  /** The stages from `after` up to, not including, `before`, as bits. */
  readonly emptied: number
}

/** Numbers a funnel's stages and exclusions. `strict` is one more exclusion, of every event, that no stage ends. */
export function planOf(funnel: Funnel): Plan {
  const stages = funnel.stages.length
  if (stages > MAX_STAGES || funnel.exclusions.length > MAX_EXCLUSIONS)
    throw new RangeError('a funnel has at most 20 stages and 8 exclusions')
  const base = new Int32Array(stages)
  const depth = new Int32Array(stages)
  const next = new Int32Array(stages).fill(-1)
  let required = 0
  let previous = -1
  let before = 0
  for (const [stage, { optional }] of funnel.stages.entries()) {
    base[stage] = previous
    depth[stage] = before
    if (optional) continue
    for (let earlier = Math.max(0, previous); earlier < stage; earlier++) next[earlier] = stage
    required |= 1 << stage
    previous = stage
    before++
  }
  const exclusions = funnel.exclusions.map((exclusion, index) =>
    planned(1 << (FIRST_EXCLUSION + index), exclusion.after_stage - 1, exclusion.before_stage - 1),
  )
  if (funnel.order === 'strict') exclusions.push(planned(STRICT, 0, stages))
  const openers = funnel.order === 'any_order' ? STAGES : 1
  return {
    funnel,
    stages,
    required,
    base,
    next,
    depth,
    window_ms: funnel.window_ms,
    openers,
    exclusions,
  }
}

const planned = (bit: number, after: number, before: number): PlannedExclusion => ({
  bit,
  after,
  before,
  emptied: ((1 << before) - 1) & ~((1 << after) - 1),
})
