import type { AskedQuestion } from '@weir/contract'
import { wrongFields } from '../problems.ts'

/** The number, counted from 1, of a stage that is named by its number or name. */
export function stageOf(
  { stages }: Pick<AskedQuestion, 'stages'>,
  given: number | string,
  first = 1,
): number {
  const place = stages.findIndex(({ name }, at) => name === given || String(at + 1) === `${given}`)
  if (place + 1 >= first) return place + 1
  const names = stages.slice(first - 1).map(({ name }) => name)
  const numbers = first === stages.length ? `${first}` : `${first} to ${stages.length}`
  const message = `must be ${numbers}, or one of ${names.join(', ')}`
  throw wrongFields([{ path: 'stage', code: 'invalid', message }])
}
