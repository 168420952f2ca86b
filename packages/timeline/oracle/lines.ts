import type { Event } from '../src/gather.ts'
import { amountOf, numberOf } from '../src/properties.ts'
import { valuesOf } from './filter.ts'

/** So many of one product on an event, and what they are worth. */
export interface PlainLine {
  /** '' where the event names none. */
  product: string
  quantity: number
  /** Whether the event says how many; 1 where it does not. */
  is_stated: boolean
  value: number
}

/**
 * An event with one product (or none) is worth its amount. One with several items counts what all of them
 * say: quantities, else one each; prices, else a share of the amount by quantity.
 */
export function linesOf(event: Event, by: string): PlainLine[] {
  const products = valuesOf(event, by).map(String)
  const quantities = valuesOf(event, 'quantity').map(numberOf)
  const prices = valuesOf(event, 'price').map(numberOf)
  const amount = amountOf(event.properties) ?? 0
  if (products.length < 2) {
    const stated = sum(quantities)
    const [product = ''] = products
    return [{ product, quantity: stated || 1, is_stated: stated > 0, value: amount }]
  }
  const is_stated = quantities.length === products.length
  const each = products.map((_, place) => (is_stated ? (quantities[place] ?? 1) : 1))
  return products.map((product, place) => {
    const quantity = each[place] ?? 1
    const price = prices.length === products.length ? prices[place] : undefined
    const value = typeof price === 'number' ? price * quantity : (amount * quantity) / sum(each)
    return { product, quantity, is_stated, value }
  })
}

/** '' where the event names none. */
export const currencyOf = (event: Event): string => String(valuesOf(event, 'currency')[0] ?? '')

const sum = (numbers: readonly (number | null)[]) =>
  numbers.reduce<number>((total, one) => total + (one ?? 0), 0)
