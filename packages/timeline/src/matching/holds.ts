import { numberOf } from '../properties.ts'
import type { Scalar, Value } from '../value.ts'
import type { Filter } from './funnel.ts'

/** Whether a filter holds for a value; of a list, one value must do (`ne`, `not_in`: none may). */
export function holds(filter: Filter, value: Value): boolean {
  if (filter.op === 'unset') return value === null
  if (filter.op === 'set') return value !== null
  const values = listOf(value)
  if (filter.op === 'ne' || filter.op === 'not_in') return !isAnyOf(filter, values)
  return isAnyOf(filter, values)
}

const listOf = (value: Filter['value'] | null): readonly Scalar[] => {
  if (value === null || value === undefined) return []
  return typeof value === 'object' ? value : [value]
}

function isAnyOf(filter: Filter, values: readonly Scalar[]): boolean {
  const wanted = listOf(filter.value)
  return values.some((value) => wanted.some((one) => compares(filter.op, value, one)))
}

function compares(op: Filter['op'], value: Scalar, wanted: Scalar): boolean {
  const text = String(value)
  if (op === 'contains') return text.toLowerCase().includes(String(wanted).toLowerCase())
  if (op === 'starts_with') return text.startsWith(String(wanted))
  if (op === 'gt' || op === 'gte' || op === 'lt' || op === 'lte')
    return isOrdered(op, numberOf(value), numberOf(wanted))
  return text === String(wanted)
}

function isOrdered(op: 'gt' | 'gte' | 'lt' | 'lte', a: number | null, b: number | null): boolean {
  if (a === null || b === null) return false
  if (op === 'gt') return a > b
  if (op === 'gte') return a >= b
  return op === 'lt' ? a < b : a <= b
}
