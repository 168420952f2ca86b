import type { Event } from '../src/gather.ts'
import type { Filter, Selector } from '../src/matching/funnel.ts'
import { propertyValue } from '../src/properties.ts'
import type { Scalar } from '../src/value.ts'

type Test = (value: Scalar) => boolean

/** Whether the event is one of those that the selector means: any of its names, all of its filters. */
export function selects(selector: Selector, event: Event): boolean {
  const named = selector.events.includes('*') || selector.events.includes(event.name)
  return named && passesAll(selector.filters, event)
}

export function passesAll(filters: readonly Filter[], event: Event): boolean {
  return filters.every((filter) => passes(filter, event))
}

export function passes(filter: Filter, event: Event): boolean {
  const own = valuesOf(event, filter.property)
  const wanted = listOf(filter.value)
  const equal: Test = (value) => wanted.map(String).includes(String(value))
  switch (filter.op) {
    case 'set':
      return own.length > 0
    case 'unset':
      return own.length === 0
    case 'eq':
    case 'in':
      return own.some(equal)
    case 'ne':
    case 'not_in':
      return !own.some(equal)
    case 'contains':
      return own.some((value) => wanted.some((part) => lower(value).includes(lower(part))))
    case 'starts_with':
      return own.some((value) => wanted.some((start) => String(value).startsWith(String(start))))
    case 'gt':
      return own.some((value) => wanted.some((bound) => difference(value, bound) > 0))
    case 'gte':
      return own.some((value) => wanted.some((bound) => difference(value, bound) >= 0))
    case 'lt':
      return own.some((value) => wanted.some((bound) => difference(value, bound) < 0))
    case 'lte':
      return own.some((value) => wanted.some((bound) => difference(value, bound) <= 0))
  }
}

/** What a property says on an event: nothing when it is unset, several values when its items do. */
export function valuesOf(event: Event, property: string): readonly Scalar[] {
  return listOf(propertyValue(event.properties, property) ?? undefined)
}

function listOf(value: Scalar | readonly Scalar[] | undefined): readonly Scalar[] {
  if (value === undefined) return []
  return typeof value === 'object' ? value : [value]
}

const lower = (value: Scalar) => String(value).toLowerCase()

/** NaN, which compares false with everything, where either is no number. */
const difference = (a: Scalar, b: Scalar) => amount(a) - amount(b)

function amount(value: Scalar): number {
  if (typeof value === 'boolean') return Number.NaN
  const number = String(value).trim() === '' ? Number.NaN : Number(value)
  return Number.isFinite(number) ? number : Number.NaN
}
