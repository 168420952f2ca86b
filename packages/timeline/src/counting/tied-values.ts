/**
 * The value on one event of a chain, where several events of its moment would have done as well.
 *
 * 1. The others are the events of that moment that could stand there, with another value.
 * 2. In the order of their texts (unset last), each is tried: the visitor is matched again so that no
 *    other event of the moment can stand there. If the chain has the same times, the value is taken.
 *
 * In any order a stage has no events of its own: there, could-stand.ts says it.
 */

import { STAGES } from '../matching/bits.ts'
import { momentBegin, momentEnd } from '../matching/candidates.ts'
import { couldStand } from '../matching/could-stand.ts'
import type { Range } from '../matching/funnel.ts'
import { matchCandidates } from '../matching/match-candidates.ts'
import { selectHeld, valuesAt } from '../matching/match-hold.ts'
import type { Matcher } from '../matching/matcher.ts'
import { compareChains, eventOf, timesOf } from '../matching/reached.ts'
import type { Scratch } from '../matching/scratch.ts'
import { codeAt, type Rows } from './rows.ts'

/** The code of the value on event `index` (0 is the entry, else the last) of the chain that first reached `stage`. */
export function codeOnChain(
  rows: Rows,
  matcher: Matcher,
  scratch: Scratch,
  range: Range,
  stage: number,
  index: number,
): number {
  const { candidates, reached } = scratch
  const chosen = eventOf(reached, stage, index)
  const begin = momentBegin(candidates, chosen)
  const end = momentEnd(candidates, chosen)
  const codeOf = (event: number) => codeAt(rows, candidates.positions[event]!)
  if (end - begin === 1) return codeOf(chosen)
  const textOf = (event: number) => rows.texts[codeOf(event)]!
  const isAnyOrder = matcher.plan.funnel.order === 'any_order'
  const role = isAnyOrder ? STAGES : 1 << (index === 0 ? 0 : stage)
  const others: number[] = []
  for (let event = begin; event < end; event++)
    if ((candidates.masks[event]! & role) !== 0 && compareTexts(textOf(event), textOf(chosen)) < 0)
      others.push(event)
  others.sort((a, b) => compareTexts(textOf(a), textOf(b)))
  const times = timesOf(reached, stage, candidates)
  const better = others.find((event) =>
    isAnyOrder
      ? couldStandHeld(matcher, scratch, times, event, index === 0)
      : standsAlone(matcher, scratch, range, begin, end, event, role, stage, times),
  )
  return codeOf(better ?? chosen)
}

/** Ascending as text; unset last. */
function compareTexts(a: string | null, b: string | null): number {
  if (a === b) return 0
  if (a === null || b === null) return a === null ? 1 : -1
  return a < b ? -1 : 1
}

/** Whether the best chain keeps its times when only this event of the moment has the role. */
function standsAlone(
  matcher: Matcher,
  scratch: Scratch,
  range: Range,
  begin: number,
  end: number,
  event: number,
  role: number,
  stage: number,
  times: readonly number[],
): boolean {
  const { candidates, trial } = scratch
  const { masks } = candidates
  const before = masks.slice(begin, end)
  for (let other = begin; other < end; other++) if (other !== event) masks[other]! &= ~role
  matchCandidates(matcher, range, scratch, trial)
  masks.set(before, begin)
  return trial.lengths[stage] !== 0 && compareChains(timesOf(trial, stage, candidates), times) === 0
}

function couldStandHeld(
  { plan, hold }: Matcher,
  { candidates, own }: Scratch,
  times: readonly number[],
  event: number,
  isEntry: boolean,
): boolean {
  if (hold === null) return couldStand(plan, candidates, times, event, isEntry)
  return valuesAt(hold, candidates, event).some((value) => {
    selectHeld(hold, value, candidates, own.candidates)
    const { positions } = own.candidates
    return couldStand(plan, own.candidates, times, positions.indexOf(event), isEntry)
  })
}
