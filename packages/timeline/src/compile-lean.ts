/**
 * Matching, compiled: a funnel's own loop over units as source text, with a variable for all that a stage
 * holds, so that it stands in the processor's registers, and no call, however seldom: after one, V8 would
 * read every array's address again. The text depends on the plan's numbers alone: no name, no value,
 * nothing that anybody sent is in it.
 *
 * It does the three steps of match-ordered.ts where there are neither exclusions nor `hold`, and keeps of
 * each chain only the entry and the last event. Where events that may matter stand at one time it gives up,
 * and the whole matching is asked.
 */
import { PRESENT, SEEN, STAGES } from './bits.ts'
import { VISIT_GAP_MS } from './funnel.ts'
import type { Matcher } from './matcher.ts'
import type { Money } from './money.ts'
import type { Outcomes } from './outcomes.ts'
import type { Plan } from './plan.ts'
import { CONTINUED, ENDED, KIND_BITS, KINDS, STAGE_BITS, type Sums, TOOK } from './sums.ts'
import type { Units } from './units.ts'

/** Whether the funnel is one that this can answer. */
export const isLean = ({ funnel, exclusions }: Plan): boolean =>
  funnel.order === 'ordered' && funnel.hold === null && exclusions.length === 0

/**
 * Matches units: each is added to its row of `sums`, `rows[unit]`, and to `seen[bucket]` if the question sees
 * an event of it in its range. Those that must be asked of the whole matching stand in `outcomes.ties`.
 */
export type MatchLean = (
  matcher: Matcher,
  money: Money | null,
  edges: Float64Array,
  units: Units,
  rows: Uint16Array,
  seen: Int32Array,
  outcomes: Outcomes,
  sums: Sums,
) => void

/** `isTimed`: with times and revenue; then `money` must not be null. */
export function compileLean(plan: Plan, isTimed: boolean): MatchLean {
  const byName = loopOf(plan, isTimed, 'nameMasks[names[i]]')
  const byEvent = loopOf(plan, isTimed, 'masks[i]')
  return (matcher, ...rest) => (matcher.masks === null ? byName : byEvent)(matcher, ...rest)
}

const loopOf = (plan: Plan, isTimed: boolean, mask: string): MatchLean =>
  new Function(
    ...['matcher', 'money', 'edges', 'units', 'rows', 'seen', 'outcomes', 'sums'],
    textOf(plan, isTimed, mask),
  ) as MatchLean

function textOf(plan: Plan, isTimed: boolean, mask: string): string {
  const stages = Array.from({ length: plan.stages }, (_, stage) => stage)
  const later = stages.slice(1)
  return `
const { at, names, nameMasks, masks } = matcher
const { begin: begins, end: ends, bucket, length } = units
const { reached: reachedOf, last, entry, ties } = outcomes
const { counts, fills, gone, keys, times, paid } = sums
const window = ${plan.window_ms}
${isTimed ? 'const { stages: pays } = money' : ''}
let noted = sums.length, paidLength = sums.paidLength, tiesLength = 0
for (let unit = 0; unit < length; unit++) {
  const begin = begins[unit], until = ends[unit]
  const from = edges[bucket[unit]], to = edges[bucket[unit] + 1]
  let i = begin, mask = 0
  for (; i < until; i++) {
    const time = at[i]
    if (time >= to) break
    if (time < from) continue
    mask |= ${mask}
    if ((mask & 1) !== 0) break
  }
  if ((mask & ${SEEN}) !== 0) seen[bucket[unit]]++
  reachedOf[unit] = 0
  if ((mask & 1) === 0) continue
  if (i > begin && at[i - 1] === at[i]) {
    ties[tiesLength++] = unit
    continue
  }
  const first = i, own = unit * ${plan.stages}
  ${isTimed ? `const paidKey = rows[unit] << ${STAGE_BITS}, paidBefore = paidLength` : ''}
  let reached = 1, previous = -Infinity
  ${stages.map((k) => `let filled${k} = 0, entered${k} = -Infinity, entry${k} = 0, at${k} = 0, took${k} = 0`).join('\n  ')}
  for (; i < until; i++) {
    const time = at[i]
    if (time >= to && time - entered0 > window) break
    mask = ${mask} & ${STAGES}
    if (mask === 0) continue
    if (time === previous) {
      reached = 0
      break
    }
    previous = time
    if (mask !== 1) {${later
      .toReversed()
      .map((stage) => fill(plan, stage, isTimed))
      .join('')}
    }
    if ((mask & 1) === 0 || time >= to) continue
    filled0++
    entered0 = at0 = time
    entry0 = i
    ${isTimed ? pay(0) : ''}
  }
  reachedOf[unit] = reached
  if (reached === 0) {
    ties[tiesLength++] = unit
    ${isTimed ? 'paidLength = paidBefore' : ''}
    continue
  }
  last[own] = entry[own] = first
  const row = rows[unit] * ${plan.stages}
  ${isTimed ? `const key = rows[unit] << ${KIND_BITS}` : ''}
  counts[row]++
  fills[row] += filled0
  ${isTimed ? timesOf(plan, 0, 'first', mask) : ''}
  ${later
    .map(
      (stage) => `if (${has(stage)}) {
    counts[row + ${stage}]++
    fills[row + ${stage}] += filled${stage}
    ${isTimed ? timesOf(plan, stage, `last[own + ${stage}]`, mask) : ''}
  }`,
    )
    .join('\n  ')}
}
sums.length = noted
sums.paidLength = paidLength
outcomes.tiesLength = tiesLength`
}

const has = (stage: number) => `(reached & ${1 << stage}) !== 0`

/** A later stage is brought an entry by the nearest earlier required one, and takes it if it is later than its own. */
function fill({ base }: Plan, stage: number, isTimed: boolean): string {
  const from = base[stage]!
  const take = `
        if (entered${from} > entered${stage}) {
          entered${stage} = entered${from}
          entry${stage} = entry${from}
          at${stage} = time
        }`
  return `
      if ((mask & ${1 << stage}) !== 0 && time - entered${from} <= window) {
        filled${stage}++
        if ((reached & ${1 << stage}) === 0) {
          reached |= ${1 << stage}
          last[own + ${stage}] = i
          entry[own + ${stage}] = entry${from}
          took${stage} = time - at${from}
        }${base.includes(stage) ? take : ''}
        ${isTimed ? pay(stage) : ''}
      }`
}

const pay = (stage: number) =>
  `if ((pays & ${1 << stage}) !== 0) {
        paid[paidLength++] = paidKey | ${stage}
        paid[paidLength++] = i
      }`

const note = (kind: number, ms: string) => `keys[noted] = key | ${kind}; times[noted++] = ${ms}`

/** How long a stage took, and what came after it: see match-whole.ts. */
function timesOf({ next, required }: Plan, stage: number, event: string, mask: string): string {
  const after = next[stage]!
  const kind = stage * KINDS
  const took = stage === 0 ? '' : note(kind + TOOK, `took${stage}`)
  if (after === -1)
    return `${took}
    ${note(kind + ENDED, `at[${event}] - at[entry[own + ${stage}]]`)}`
  const isOptional = (required & (1 << stage)) === 0
  return `${took}
    if ((reached & ${1 << after}) === 0) {
      const start = at[${event}]
      let end = start
      for (let i = ${event} + 1; i < until; i++) {
        if ((${mask} & ${PRESENT}) === 0) continue
        const time = at[i]
        if (time - end > ${VISIT_GAP_MS} || time - to >= window) break
        end = time
      }
      if (end === start) gone[row + ${stage}]++
      else { ${note(kind + ENDED, 'end - start')} }
    }${isOptional ? ` else { ${note(kind + CONTINUED, `took${after}`)} }` : ''}`
}
