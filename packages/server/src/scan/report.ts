import {
  columnsOf,
  type Detail,
  type Fold,
  type Funnel,
  type FunnelTally,
  foldAll,
  funnelFold,
  type Range,
  type Rooms,
  trendFold,
} from '@weir/timeline'

/** What a question counts, as plain data: it goes from thread to thread. */
export type Report = { funnel: Funnel; detail: Detail } & (
  | { kind: 'funnel'; range: Range }
  /** `boundaries` ascend, in milliseconds; one tally for each bucket between two. */
  | { kind: 'trend'; boundaries: number[] }
)

/** A report as a fold. A funnel's is a list of one. */
export function foldOf(report: Report, rooms?: Rooms): Fold<FunnelTally[]> {
  const { funnel, detail } = report
  return report.kind === 'trend'
    ? trendFold(funnel, report.boundaries, detail, rooms)
    : foldAll([funnelFold(funnel, report.range, detail, rooms)])
}

/** The columns that some reports need. */
export const columnsFor = (reports: readonly Report[]): string[] => [
  ...new Set(reports.flatMap(({ funnel, detail }) => columnsOf(funnel, detail))),
]
