import type { Funnel, Range, Selector } from '@weir/timeline'
import type { ResolvedQuestion } from './resolve-question.ts'

/** Everything that one question counts, in one pass over the same timelines. */
export interface Plan {
  main: Counting
  /** The same over the part of the range whose windows have closed; null where that is all or nothing. */
  mature: Counting | null
}

/** One range's funnel, and for each stage the two-stage funnel from the target action to it. */
export interface Counting {
  range: Range
  funnel: Funnel
  /** Null where the stage is the target itself, or nobody asked. */
  targets: (Funnel | null)[]
}

export function planOf({ funnel, range, target }: ResolvedQuestion, as_of: number): Plan {
  const targets = funnel.stages.map((stage) =>
    target === null || isSame(stage, target) ? null : fromTarget(funnel, target, stage),
  )
  const until = as_of - funnel.window_ms
  const someAreYoung = range.to + funnel.window_ms > as_of && until > range.from
  return {
    main: { range, funnel, targets },
    mature: someAreYoung
      ? {
          range: { from: range.from, to: until },
          funnel: { ...funnel, breakdown: null },
          targets: targets.map(whole),
        }
      : null,
  }
}

const whole = (funnel: Funnel | null): Funnel | null => funnel && { ...funnel, breakdown: null }

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
