import type { Candidates } from './candidates.ts'
import type { Range } from './funnel.ts'
import type { Held } from './held.ts'
import { matchAnyOrder } from './match-any-order.ts'
import { matchOrdered } from './match-ordered.ts'
import type { Plan } from './plan.ts'
import type { Reached } from './reached.ts'

/** Matches in the funnel's order, without regard to `hold`. */
export function matchPlain(
  plan: Plan,
  candidates: Candidates,
  range: Range,
  held: Held,
  reached: Reached,
) {
  if (plan.funnel.order === 'any_order') matchAnyOrder(plan, candidates, range, held, reached)
  else matchOrdered(plan, candidates, range, held, reached)
}
