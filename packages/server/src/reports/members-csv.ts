import type { MembersAnswer } from '@weir/contract'
import { csvText } from '../text/csv-text.ts'

/** One row a member, with a column for when each stage was first reached. */
export function membersCsv({ question, members }: MembersAnswer): string {
  const isBrokenDown = question.breakdown !== null
  const header = [
    'visitor_id',
    'entered_at',
    ...(isBrokenDown ? ['value', 'value_is'] : []),
    // Two stages may have one name.
    ...question.stages.map(({ name }, place) => `${place + 1}_${name}`),
  ]
  const lines = members.map(({ visitor_id, entered_at, value, stages }) => [
    visitor_id,
    entered_at,
    ...(isBrokenDown ? (value == null ? ['(unset)', 'unset'] : [value, 'value']) : []),
    ...stages.map(({ at }) => at),
  ])
  return csvText([header, ...lines])
}
