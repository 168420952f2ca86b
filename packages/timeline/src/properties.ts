import type { Scalar, Value } from './value.ts'

/** What an event is worth: a column that no event carries under this name. */
export const AMOUNT = '$amount'

const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const NONE: Record<string, unknown>[] = []

function itemsOf(properties: Readonly<Record<string, unknown>>): Record<string, unknown>[] {
  return Array.isArray(properties.items) ? properties.items.filter(isRecord) : NONE
}

/** The value of a property on an event: its own, else the list of its items' ones, else null. */
export function propertyValue(properties: Readonly<Record<string, unknown>>, name: string): Value {
  if (name === AMOUNT) return amountOf(properties)
  const own = properties[name]
  if (isScalar(own)) return own
  const list = itemsOf(properties)
    .map((item) => item[name])
    .filter(isScalar)
  return list.length > 0 ? list : null
}

/** `value`, else price × quantity of the event and of its items summed; null where there is neither. */
export function amountOf(properties: Readonly<Record<string, unknown>>): number | null {
  const own = numberOf(properties.value)
  if (own !== null) return own
  const items = itemsOf(properties)
  if (items.length === 0) return priceOf(properties)
  let sum: number | null = null
  for (const item of items) {
    const price = priceOf(item)
    if (price !== null) sum = (sum ?? 0) + price
  }
  return sum
}

/** Price × quantity; null without a price. */
function priceOf(item: Readonly<Record<string, unknown>>): number | null {
  const price = numberOf(item.price)
  return price === null ? null : price * (numberOf(item.quantity) ?? 1)
}

/** Whether an event says that it is a bot's, or cookieless: a value that is "true" as text. */
export const isSaid = (
  properties: Readonly<Record<string, unknown>>,
  name: 'bot' | 'cookieless',
): boolean => String(propertyValue(properties, name)) === 'true'

/** Numbers arrive as text too ("600.00"); text that is no number is none. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'string' || value.trim() === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}
