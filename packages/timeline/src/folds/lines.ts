import { AMOUNT, numberOf } from '../properties.ts'
import type { Column, Timelines } from '../timeline.ts'
import type { Scalar, Value } from '../value.ts'

/** One product of an event: how many, and what they are worth together; null where nothing says it. */
export interface Line {
  /** The text of the property that names products; null where the event has none. */
  readonly product: string | null
  /** 1 where the event states none. */
  readonly quantity: number
  readonly isQuantityStated: boolean
  readonly value: number | null
}

/** The columns that lines are read from. */
export const lineColumns = (by: string): string[] => [by, 'quantity', 'price', AMOUNT, 'currency']

export interface Lines {
  /** The lines of one event: at least one. */
  of(event: number): Line[]
  /** Of one event; '' where it names none. */
  currency(event: number): string
}

/**
 * Reads the products of events. An event with one product is worth its amount. One with several items has
 * their quantities and prices where all of them say one; else each counts once, or the amount is shared out
 * by quantity.
 */
export function linesOf(by: string, { columns }: Timelines): Lines {
  const valueIn = (name: string) => readerOf(columns.get(name))
  const [product, quantity, price, amount, currency] = lineColumns(by).map(valueIn)
  return {
    of(event) {
      const products = listOf(product?.(event) ?? null)
      const quantities = listOf(quantity?.(event) ?? null).map(numberOf)
      const worth = numberOf(amount?.(event) ?? null)
      const count = products.length
      if (count < 2) {
        const stated = quantities.reduce<number>((sum, one) => sum + (one ?? 0), 0)
        const [only] = products
        const text = only === undefined ? null : String(only)
        const isQuantityStated = stated > 0
        return [
          {
            product: text,
            quantity: isQuantityStated ? stated : 1,
            isQuantityStated,
            value: worth,
          },
        ]
      }
      const each = products.map((_, place) =>
        quantities.length === count ? (quantities[place] ?? 1) : 1,
      )
      const prices = listOf(price?.(event) ?? null).map(numberOf)
      const all = each.reduce((sum, one) => sum + one, 0)
      return products.map((one, place) => {
        const own = each[place] ?? 1
        const own_price = prices.length === count ? prices[place] : undefined
        const shared = worth === null || all <= 0 ? null : (worth * own) / all
        const value = typeof own_price === 'number' ? own_price * own : shared
        const isQuantityStated = quantities.length === count && quantities[place] !== null
        return { product: String(one), quantity: own, isQuantityStated, value }
      })
    },
    currency(event) {
      const [first = ''] = listOf(currency?.(event) ?? null)
      return String(first)
    },
  }
}

const readerOf =
  (column: Column | undefined) =>
  (event: number): Value =>
    column ? (column.values[column.codes[event]!] ?? null) : null

function listOf(value: Value): readonly Scalar[] {
  if (value === null) return []
  return typeof value === 'object' ? value : [value]
}
