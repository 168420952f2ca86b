import { mix } from './chance.ts'

/** A UUIDv7 of that time, whose other bits follow from two numbers: different ones make different ids. */
export function uuidOf(at: number, first: number, second: number): string {
  const time = at.toString(16).padStart(12, '0')
  // `mix` is no bijection, so both numbers also stand in the id as they are.
  const tail = (hex(first) + hex(second)).slice(0, 15)
  const spread = hex(mix(first ^ mix(second + 1)))
  return `${time.slice(0, 8)}-${time.slice(8)}-7${spread.slice(0, 3)}-8${tail.slice(0, 3)}-${tail.slice(3)}`
}

const hex = (number: number): string => (number >>> 0).toString(16).padStart(8, '0')
