import { count, counted } from '@weir/client/text'
import type { FunnelAnswer } from '@weir/contract'
import type { Terminal } from '../terminal.ts'
import { wrapped } from '../wrapped.ts'
import { rangeText } from './range-text.ts'

/** Which funnel, of when, of whom. */
export function headingText(
  { question, ...answer }: FunnelAnswer,
  { bold, dim, warn, width }: Terminal,
) {
  const { funnel, time_zone, window, unit, order } = question
  const how = [
    rangeText(question, time_zone),
    time_zone,
    `window ${window}`,
    ...(order === 'ordered' ? [] : [order]),
  ]
  const only = question.filters.map(({ property, op, value = '' }) =>
    `${property} ${op} ${value}`.trim(),
  )
  const lines = [`${bold(funnel ?? 'funnel')}  ${dim(how.join(', '))}`]
  if (only.length > 0) lines.push(dim(wrapped(`only ${only.join(', ')}`, width, '')))
  lines.push(`${counted(answer.site_visitors, unit)} with any event`)
  if (answer.cookieless_events > 0 && !question.cookieless) {
    lines.push(
      dim(`and ${count(answer.cookieless_events)} events of nobody who can be known again`),
    )
  }
  for (const warning of question.warnings) lines.push(warn(wrapped(warning, width, '')))
  return lines.join('\n')
}
