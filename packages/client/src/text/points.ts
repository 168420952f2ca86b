import { percent } from './percent.ts'

/** A difference of rates in percentage points, with its sign and without a unit: `+0.41`, `-4.5`. */
export function points(difference: number): string {
  const text = percent(Math.abs(difference)).replace(/\s*%$/, '')
  return difference === 0 ? '0' : `${difference < 0 ? '-' : '+'}${text}`
}
