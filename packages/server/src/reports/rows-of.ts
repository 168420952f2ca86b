import type { AskedQuestion, BreakdownRow } from '@weir/contract'
import { addTally, emptyTally, type FunnelTally, type Tally } from '@weir/timeline'
import type { Counted } from './count.ts'
import type { Counts } from './rates-of.ts'
import { conversionOf, stagesOf } from './stages-of.ts'

type Row = { value: string | null; counts: Counts }

/** One row for each value, the largest first; those beyond the limit are summed, never dropped. */
export function rowsOf(
  asked: AskedQuestion,
  counted: Counted,
  limit: number,
): { breakdown: BreakdownRow[]; other: Omit<BreakdownRow, 'value'> | null } {
  const rows = listRows(asked, counted).sort(bySize)
  const shown = rows.slice(0, limit).map(({ value, counts }) => ({
    value,
    stages: stagesOf(asked, counts),
    conversion: conversionOf(asked, counts),
  }))
  const rest = rows.slice(limit).map(({ counts }) => counts)
  if (rest.length === 0) return { breakdown: shown, other: null }
  const sum = rest.reduce(addCounts, emptyCounts(asked, counted))
  return {
    breakdown: shown,
    other: { stages: stagesOf(asked, sum), conversion: conversionOf(asked, sum) },
  }
}

function listRows(asked: AskedQuestion, { funnel, targets }: Counted): Row[] {
  const values = new Set<string | null>(funnel.rows?.keys())
  for (const target of targets) for (const value of target?.rows?.keys() ?? []) values.add(value)
  return [...values].map((value) => ({
    value,
    counts: {
      tally: rowAt(funnel, value) ?? emptyTally(asked.stages.length),
      targets: targets.map((target) =>
        target?.rows ? (rowAt(target, value) ?? emptyTally(2)) : null,
      ),
      site_visitors: funnel.site_visitors,
    },
  }))
}

const rowAt = (tally: FunnelTally, value: string | null): Tally | undefined =>
  tally.rows?.get(value)

const entered = ({ counts }: Row): number => counts.tally.stages[0]?.count ?? 0

const bySize = (a: Row, b: Row): number =>
  entered(b) - entered(a) || (String(a.value) < String(b.value) ? -1 : 1)

const emptyCounts = (asked: AskedQuestion, { funnel, targets }: Counted): Counts => ({
  tally: emptyTally(asked.stages.length),
  targets: targets.map((target) => (target?.rows ? emptyTally(2) : null)),
  site_visitors: funnel.site_visitors,
})

const addCounts = (sum: Counts, row: Counts): Counts => ({
  ...sum,
  tally: addTally(sum.tally, row.tally),
  targets: sum.targets.map((target, place) => {
    const own = row.targets[place]
    return target && own ? addTally(target, own) : null
  }),
})
