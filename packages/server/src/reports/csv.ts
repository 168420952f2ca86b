import {
  durationMs,
  type FunnelAnswer,
  type PointAnswer,
  type RateAnswer,
  type TrendAnswer,
} from '@weir/contract'
import { type Cell, csvText } from '../text/csv-text.ts'
import { hasMatured } from './plan.ts'

const RATES = ['funnel', 'previous_stage', 'target_action', 'of_site'] as const
const PARTS = ['numerator', 'denominator', 'rate', 'low', 'high'] as const

type Part = Pick<PointAnswer, 'from' | 'to' | 'stages'> &
  Partial<Pick<PointAnswer, 'breakdown' | 'other'>>

/**
 * One row for each stage × breakdown value × bucket; the range that is compared with follows. With a
 * breakdown `value_is` tells a value from what only looks like one: `(unset)` and `(other)` may be values too.
 * `mature` is false where somebody still has time to convert.
 */
export function csvOf(answer: FunnelAnswer | TrendAnswer): string {
  const isBrokenDown = answer.question.breakdown !== null
  const window_ms = durationMs(answer.question.window) ?? 0
  const header = [
    'from',
    'to',
    ...(isBrokenDown ? ['value', 'value_is'] : []),
    'stage',
    'name',
    'count',
    ...RATES.flatMap((definition) => PARTS.map((part) => `${definition}_${part}`)),
    'mature',
  ]
  const lines = partsOf(answer).flatMap((part) => {
    const mature = String(hasMatured(Date.parse(part.to), window_ms, Date.parse(answer.as_of)))
    return linesOf(part, isBrokenDown).map((line) => [...line, mature])
  })
  return csvText([header, ...lines])
}

function partsOf(answer: FunnelAnswer | TrendAnswer): Part[] {
  if (!('stages' in answer)) return answer.points
  const { question, points, compare } = answer
  const own = points ?? [{ ...answer, from: question.from, to: question.to }]
  return compare ? [...own, compare] : own
}

function linesOf({ from, to, stages, breakdown, other }: Part, isBrokenDown: boolean): Cell[][] {
  const groups = breakdown
    ? [
        ...breakdown.map(({ value, stages }) => ({
          value: value === null ? ['(unset)', 'unset'] : [value, 'value'],
          stages,
        })),
        ...(other ? [{ value: ['(other)', 'other'], stages: other.stages }] : []),
      ]
    : [{ value: isBrokenDown ? ['(all)', 'all'] : [], stages }]
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

const cellsOf = (rate: RateAnswer | null): Cell[] => PARTS.map((part) => rate?.[part] ?? null)
