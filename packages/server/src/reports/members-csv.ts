import type { MembersAnswer } from '@weir/contract'
import { csvText } from './csv-text.ts'

/** One row a member, with a column for when each stage was first reached. */
export function membersCsv({ question, members }: MembersAnswer): string {
  const property = question.breakdown?.property
  const header = [
    'visitor_id',
    'entered_at',
    ...(property === undefined ? [] : [property]),
    ...question.stages.map(({ name }) => name),
  ]
  const lines = members.map(({ visitor_id, entered_at, value, stages }) => [
    visitor_id,
    entered_at,
    ...(property === undefined ? [] : [value ?? '(unset)']),
    ...stages.map(({ at }) => at),
  ])
  return csvText([header, ...lines])
}
