import { intervalsOf } from './intervals.ts'
import type { PageQuestion } from './pageQuestion.ts'

/** The question for another range; of the buckets chosen before, only those that it has. */
export function withRange(question: PageQuestion, from: string, to: string): PageQuestion {
  const interval = intervalsOf(from, to).find((one) => one === question.interval) ?? null
  return { ...question, from, to, interval }
}
