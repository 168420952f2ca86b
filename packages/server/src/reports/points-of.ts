import type { PointAnswer } from '@weir/contract'
import { answerPart } from './answer-part.ts'
import type { Counted } from './count.ts'
import { hasMatured } from './plan.ts'
import type { ResolvedQuestion } from './resolve-question.ts'

/** One point a bucket: the funnel asked for that bucket as its range. */
export function pointsOf(
  resolved: ResolvedQuestion,
  boundaries: readonly number[],
  counted: readonly Counted[],
  as_of: number,
): PointAnswer[] {
  return counted.map((bucket, index) => {
    const from = boundaries[index] ?? 0
    const to = boundaries[index + 1] ?? from
    return {
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      mature: hasMatured(to, resolved.funnel.window_ms, as_of),
      ...answerPart(resolved, bucket),
    }
  })
}
