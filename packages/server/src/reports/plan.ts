import type { Funnel, Range, Selector } from '@weir/timeline'
import type { Funnels } from './count.ts'
import type { ResolvedQuestion } from './resolve-question.ts'

/** The funnel that was asked, and those that its target rates are. */
export const funnelsOf = ({ funnel, target }: ResolvedQuestion): Funnels => ({
  funnel,
  targets: funnel.stages.map((stage) =>
    target === null || isSame(stage, target) ? null : fromTarget(funnel, target, stage),
  ),
})

/** The same without a breakdown. */
export const wholeOf = ({ funnel, targets }: Funnels): Funnels => ({
  funnel: { ...funnel, breakdown: null },
  targets: targets.map((target) => target && { ...target, breakdown: null }),
})

/** Whether everybody who entered before `to` has had the whole window. */
export const hasMatured = (to: number, window_ms: number, as_of: number): boolean =>
  to + window_ms <= as_of

/** The part of a range in which nobody has time left to convert; null where that is all of it, or nothing. */
export function matureRange(range: Range, window_ms: number, as_of: number): Range | null {
  const part = maturePart(range, window_ms, as_of)
  return part === range ? null : part
}

/** The same, the range itself where that is all of it; null where it is nothing. */
export function maturePart(range: Range, window_ms: number, as_of: number): Range | null {
  if (hasMatured(range.to, window_ms, as_of)) return range
  const until = as_of - window_ms
  return until > range.from ? { from: range.from, to: until } : null
}

/** The target rate is a funnel of its own: ordered, without exclusions, the rest as asked. */
function fromTarget(funnel: Funnel, target: Selector, stage: Selector): Funnel {
  const { breakdown } = funnel
  return {
    ...funnel,
    stages: [target, stage].map((selector) => ({ ...selector, optional: false })),
    order: 'ordered',
    exclusions: [],
    // `stage:k` names a stage that this funnel does not have.
    breakdown: breakdown?.attribution.startsWith('stage:') ? null : breakdown,
  }
}

const isSame = (a: Selector, b: Selector): boolean =>
  JSON.stringify([a.events.toSorted(), a.filters]) ===
  JSON.stringify([b.events.toSorted(), b.filters])
