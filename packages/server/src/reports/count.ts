import { type FunnelTally, foldTimelines, funnelFold, type Timelines } from '@weir/timeline'
import type { Counting } from './plan.ts'

/** What was counted for one range. */
export interface Counted {
  funnel: FunnelTally
  targets: (FunnelTally | null)[]
}

export function count(timelines: Timelines, { range, funnel, targets }: Counting): Counted {
  return {
    funnel: foldTimelines(funnelFold(funnel, range), timelines),
    targets: targets.map((target) => target && foldTimelines(funnelFold(target, range), timelines)),
  }
}
