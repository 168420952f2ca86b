import type { FunnelAnswer, RateAnswer } from '@weir/contract'
import { stringify } from 'csv-stringify/sync'

const RATES = ['funnel', 'previous_stage', 'target_action', 'of_site'] as const
const PARTS = ['numerator', 'denominator', 'rate', 'low', 'high'] as const

/** One row for each stage, of each breakdown value if there are any; RFC 4180, safe to open in a spreadsheet. */
export function csvOf(answer: FunnelAnswer): string {
  const { question, breakdown, other } = answer
  const groups = breakdown
    ? [
        ...breakdown.map(({ value, stages }) => ({ value: value ?? '(unset)', stages })),
        ...(other ? [{ value: '(other)', stages: other.stages }] : []),
      ]
    : [{ value: '', stages: answer.stages }]
  const header = [
    'from',
    'to',
    ...(breakdown ? [question.breakdown?.property ?? 'value'] : []),
    'stage',
    'name',
    'count',
    ...RATES.flatMap((definition) => PARTS.map((part) => `${definition}_${part}`)),
  ]
  const rows = groups.flatMap(({ value, stages }) =>
    stages.map((stage) => [
      question.from,
      question.to,
      ...(breakdown ? [value] : []),
      stage.stage,
      stage.name,
      stage.count,
      ...RATES.flatMap((definition) => cellsOf(stage.rates[definition])),
    ]),
  )
  return stringify([header, ...rows], { escape_formulas: true, record_delimiter: 'windows' })
}

const cellsOf = (rate: RateAnswer | null): (number | null)[] =>
  PARTS.map((part) => rate?.[part] ?? null)
