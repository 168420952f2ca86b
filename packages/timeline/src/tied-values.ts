/**
 * The value on one event of a chain, where several events of its moment would have done as well.
 *
 * 1. The others are the events of that moment that could stand there, with another value.
 * 2. In the order of their texts (unset last), each is tried: the visitor is matched again so that no
 *    other event of the moment can stand there. If the chain has the same times, the value is taken.
 *
 * In any order a stage has no events of its own: there, the event is tried before the others of its
 * moment, and taken if it is in the chain.
 */
import { STAGES } from './bits.ts'
import { type Candidates, momentEnd } from './candidates.ts'
import type { Range } from './funnel.ts'
import { matchCandidates } from './match-candidates.ts'
import type { Matcher } from './matcher.ts'
import { compareChains, eventOf, type Reached, timesOf } from './reached.ts'
import { type Rows, textAt } from './rows.ts'
import type { Scratch } from './scratch.ts'

/** The value on event `index` (0 is the entry, else the last) of the chain that first reached `stage`. */
export function valueOnChain(
  rows: Rows,
  matcher: Matcher,
  scratch: Scratch,
  range: Range,
  stage: number,
  index: number,
): string | null {
  const { candidates, reached } = scratch
  const chosen = eventOf(reached, stage, index)
  let begin = chosen
  while (begin > 0 && candidates.at[begin - 1] === candidates.at[chosen]) begin--
  const end = momentEnd(candidates, chosen)
  if (end - begin === 1) return textAt(rows, candidates.positions[chosen]!)
  const textOf = (event: number) => textAt(rows, candidates.positions[event]!)
  const isAnyOrder = matcher.plan.funnel.order === 'any_order'
  const role = isAnyOrder ? STAGES : 1 << (index === 0 ? 0 : stage)
  const others: number[] = []
  for (let event = begin; event < end; event++)
    if ((candidates.masks[event]! & role) !== 0 && textOf(event) !== textOf(chosen))
      others.push(event)
  others.sort((a, b) => compareTexts(textOf(a), textOf(b)))
  const times = timesOf(reached, stage, candidates)
  const same = (trial: Reached) =>
    trial.lengths[stage] !== 0 && compareChains(timesOf(trial, stage, candidates), times) === 0
  for (const event of others) {
    if (compareTexts(textOf(event), textOf(chosen)) > 0) break
    const could = isAnyOrder
      ? tryFirst(matcher, scratch, range, begin, event, (trial) => {
          if (!same(trial)) return false
          if (index === 0) return eventOf(trial, stage, 0) === begin
          return chainHas(trial, stage, begin)
        })
      : tryAlone(matcher, scratch, range, begin, end, event, role, same)
    if (could) return textOf(event)
  }
  return textOf(chosen)
}

/** Ascending as text; unset last. */
function compareTexts(a: string | null, b: string | null): number {
  if (a === b) return 0
  if (a === null || b === null) return a === null ? 1 : -1
  return a < b ? -1 : 1
}

function chainHas(reached: Reached, stage: number, event: number): boolean {
  for (let i = 0; i < reached.lengths[stage]!; i++)
    if (eventOf(reached, stage, i) === event) return true
  return false
}

function tryAlone(
  matcher: Matcher,
  scratch: Scratch,
  range: Range,
  begin: number,
  end: number,
  event: number,
  role: number,
  answers: (trial: Reached) => boolean,
): boolean {
  const { masks } = scratch.candidates
  const before = masks.slice(begin, end)
  for (let other = begin; other < end; other++) if (other !== event) masks[other]! &= ~role
  matchCandidates(matcher, range, scratch, scratch.trial)
  masks.set(before, begin)
  return answers(scratch.trial)
}

function tryFirst(
  matcher: Matcher,
  scratch: Scratch,
  range: Range,
  begin: number,
  event: number,
  answers: (trial: Reached) => boolean,
): boolean {
  swap(scratch.candidates, begin, event)
  matchCandidates(matcher, range, scratch, scratch.trial)
  swap(scratch.candidates, begin, event)
  return answers(scratch.trial)
}

function swap({ masks, positions }: Candidates, a: number, b: number) {
  const mask = masks[a]!
  const position = positions[a]!
  masks[a] = masks[b]!
  positions[a] = positions[b]!
  masks[b] = mask
  positions[b] = position
}
