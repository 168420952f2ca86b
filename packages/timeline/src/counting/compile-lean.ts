/**
 * Matching, compiled: a funnel's own loop over units as source text, with a variable for all that a stage
 * holds, so that it stands in the processor's registers, and no call, however seldom: after one, V8 would
 * read every array's address again. The text depends on how many stages there are, which are optional, and the
 * kind of breakdown: no name, no value, nothing that anybody sent is in it.
 *
 * It does the three steps of match-ordered.ts where there are neither exclusions nor `hold`, and keeps of
 * each chain only the entry and the last event. Where events that may matter stand at one time it gives up,
 * and the whole matching is asked.
 */

import { PRESENT, SEEN, STAGES } from '../matching/bits.ts'
import { VISIT_GAP_MS } from '../matching/funnel.ts'
import type { Matcher } from '../matching/matcher.ts'
import type { Plan } from '../matching/plan.ts'
import type { ValueCodes } from '../timeline.ts'
import { findRow, has, OPEN_BOOK } from './compile-row.ts'
import { CONTINUED, ENDED, KINDS, kindsOf, TOOK } from './durations.ts'
import type { Money } from './money.ts'
import type { RowBook } from './row-book.ts'
import type { Sums } from './sums.ts'
import type { Units } from './units.ts'

/** Whether the funnel is one that this can answer. */
export const isLean = ({ funnel, exclusions }: Plan): boolean =>
  funnel.order === 'ordered' && funnel.hold === null && exclusions.length === 0

/**
 * Matches units: each is added to a row of `sums`, and to `seen[bucket]` if the question sees an event of it in
 * its range. The row is the unit's bucket, or with a breakdown, of which `codes` are, that of `book`. Those
 * that must be asked of the whole matching stand in `ties`.
 */
export type MatchLean = (
  matcher: Matcher,
  money: Money | null,
  edges: Float64Array,
  units: Units,
  codes: ValueCodes | null,
  book: RowBook,
  seen: Int32Array,
  ties: Ties,
  sums: Sums,
) => void

/** Units that the compiled matching gave up, by their positions. */
export interface Ties {
  readonly units: Uint16Array
  length: number
}

/** `isTimed`: with times and revenue; then `money` must not be null. */
export function compileLean(plan: Plan, isTimed: boolean): MatchLean {
  const byName = loopOf(plan, isTimed, 'nameMasks[names[i]]')
  const byEvent = loopOf(plan, isTimed, 'masks[i]')
  return (matcher, ...rest) => (matcher.masks === null ? byName : byEvent)(matcher, ...rest)
}

/** By their texts, least recently used first: V8 takes as long to know a new loop as a small question takes. */
const loops = new Map<string, MatchLean>()
const MOST_LOOPS = 256

function loopOf(plan: Plan, isTimed: boolean, mask: string): MatchLean {
  const text = textOf(plan, isTimed, mask)
  const loop = loops.get(text) ?? compile(text)
  loops.delete(text)
  loops.set(text, loop)
  const [oldest] = loops.keys()
  if (loops.size > MOST_LOOPS && oldest !== undefined) loops.delete(oldest)
  return loop
}

const compile = (text: string): MatchLean =>
  new Function(
    ...['matcher', 'money', 'edges', 'units', 'codes', 'book', 'seen', 'given', 'sums'],
    text,
  ) as MatchLean

function textOf(plan: Plan, isTimed: boolean, mask: string): string {
  const stages = Array.from({ length: plan.stages }, (_, stage) => stage)
  const later = stages.slice(1)
  const kinds = isTimed ? kindsOf(plan) : []
  const { breakdown } = plan.funnel
  return `
const { at, names, nameMasks, masks } = matcher
const { begin: begins, end: ends, bucket, length } = units
const { counts, fills, gone, durations, paid } = sums
const ties = given.units, window = matcher.plan.window_ms
${isTimed ? 'const { stages: pays } = money' : ''}
${breakdown ? OPEN_BOOK : ''}
${kinds.map((kind) => `const open${kind} = durations.kinds[${kind}].open, { rows: rows${kind}, times: times${kind} } = open${kind}`).join('\n')}
${kinds.map((kind) => `let noted${kind} = open${kind}.length`).join('\n')}
let paidLength = sums.paidLength, tiesLength = given.length
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
  if ((mask & 1) === 0) continue
  if (i > begin && at[i - 1] === at[i]) {
    ties[tiesLength++] = unit
    continue
  }
  const paidBefore = paidLength
  let reached = 1, previous = -Infinity
  let last0 = i, start0 = i
  ${stages.map((k) => `let filled${k} = 0, entered${k} = -Infinity, entry${k} = 0, at${k} = 0`).join('\n  ')}
  ${later.map((k) => `let took${k} = 0, last${k} = 0, start${k} = 0`).join('\n  ')}
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
  if (reached === 0) {
    ties[tiesLength++] = unit
    paidLength = paidBefore
    continue
  }
  let row = bucket[unit]
  ${breakdown ? findRow(plan, breakdown.attribution, mask) : ''}
  const own = row
  row *= ${plan.stages}
  ${isTimed ? PAY_ROW : ''}
  counts[row]++
  fills[row] += filled0
  ${isTimed ? timesOf(plan, 0, mask) : ''}
  ${later
    .map(
      (stage) => `if (${has(stage)}) {
    counts[row + ${stage}]++
    fills[row + ${stage}] += filled${stage}
    ${isTimed ? timesOf(plan, stage, mask) : ''}
  }`,
    )
    .join('\n  ')}
}
${kinds.map((kind) => `open${kind}.length = noted${kind}`).join('\n')}
sums.paidLength = paidLength
given.length = tiesLength
${breakdown ? 'book.length = rows' : ''}`
}

/** What was paid is noted with its stage alone until the row is known. */
const PAY_ROW = 'for (let p = paidBefore; p < paidLength; p += 2) paid[p] += row'

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
          last${stage} = i
          start${stage} = entry${from}
          took${stage} = time - at${from}
        }${base.includes(stage) ? take : ''}
        ${isTimed ? pay(stage) : ''}
      }`
}

const pay = (stage: number) =>
  `if ((pays & ${1 << stage}) !== 0) {
        paid[paidLength++] = ${stage}
        paid[paidLength++] = i
      }`

const note = (kind: number, ms: string) =>
  `rows${kind}[noted${kind}] = own; times${kind}[noted${kind}++] = ${ms}`

/** How long a stage took, and what came after it: see match-whole.ts. */
function timesOf({ next, required }: Plan, stage: number, mask: string): string {
  const event = `last${stage}`
  const after = next[stage]!
  const kind = stage * KINDS
  const took = stage === 0 ? '' : note(kind + TOOK, `took${stage}`)
  if (after === -1)
    return `${took}
    ${note(kind + ENDED, `at[${event}] - at[start${stage}]`)}`
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
