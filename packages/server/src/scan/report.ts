import {
  type Fold,
  type Funnel,
  type FunnelTally,
  funnelFold,
  type Range,
  trendFold,
} from '@weir/timeline'

/** What a question counts, as plain data: it goes from thread to thread. */
export type Report =
  | { kind: 'funnel'; funnel: Funnel; range: Range }
  /** `boundaries` ascend, in milliseconds; one tally for each bucket between two. */
  | { kind: 'trend'; funnel: Funnel; boundaries: number[] }

/** A report as a fold. A funnel's is a list of one. */
export function foldOf(report: Report): Fold<FunnelTally[]> {
  if (report.kind === 'trend') return trendFold(report.funnel, report.boundaries)
  const fold = funnelFold(report.funnel, report.range)
  return {
    start: () => [fold.start()],
    visit: ([tally], timeline) => [fold.visit(tally ?? fold.start(), timeline)],
    merge: ([a], [b]) => [fold.merge(a ?? fold.start(), b ?? fold.start())],
  }
}
