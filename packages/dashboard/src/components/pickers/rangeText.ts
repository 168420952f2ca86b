import { addDays, isDay } from '../../days/day.ts'
import { daysText } from '../../days/dayText.ts'
import type { PageQuestion } from '../../question/pageQuestion.ts'

/** The range as people say it, its last day included; as it was written when it is not in days. */
export function rangeText({ from, to }: Pick<PageQuestion, 'from' | 'to'>): string {
  return isDay(from) && isDay(to) ? daysText(from, addDays(to, -1)) : `${from} to ${to}`
}
