import type { FunnelAnswer, PointAnswer, RateAnswer } from '@weir/contract'
import { stringify } from 'csv-stringify/sync'

const RATES = ['funnel', 'previous_stage', 'target_action', 'of_site'] as const
const PARTS = ['numerator', 'denominator', 'rate', 'low', 'high'] as const

type Part = Pick<PointAnswer, 'from' | 'to' | 'stages' | 'breakdown' | 'other'>

/** One row for each stage × breakdown value × bucket; RFC 4180, safe to open in a spreadsheet. */
export function csvOf(answer: FunnelAnswer): string {
  const { question, points } = answer
  const property = question.breakdown?.property
  const header = [
    'from',
    'to',
    ...(property === undefined ? [] : [property]),
    'stage',
    'name',
    'count',
    ...RATES.flatMap((definition) => PARTS.map((part) => `${definition}_${part}`)),
  ]
  const parts: Part[] = points ?? [{ ...answer, from: question.from, to: question.to }]
  return stringify([header, ...parts.flatMap(linesOf)], {
    escape_formulas: true,
    record_delimiter: 'windows',
  })
}

function linesOf({ from, to, stages, breakdown, other }: Part) {
  const groups = breakdown
    ? [
        ...breakdown.map((row) => ({ value: [row.value ?? '(unset)'], stages: row.stages })),
        ...(other ? [{ value: ['(other)'], stages: other.stages }] : []),
      ]
    : [{ value: [], stages }]
  return groups.flatMap((group) =>
    group.stages.map((stage) => [
      from,
      to,
      ...group.value,
      stage.stage,
      stage.name,
      stage.count,
      ...RATES.flatMap((definition) => cellsOf(stage.rates[definition])),
    ]),
  )
}

const cellsOf = (rate: RateAnswer | null): (number | null)[] =>
  PARTS.map((part) => rate?.[part] ?? null)
