import type { Line } from './lines.ts'

/** What lies in a cart, by product; '' for those that no event named. */
export interface Cart {
  readonly contents: Map<string, Content>
  /** When it was last changed, and by which event. */
  changed_at: number
  changed_by: number
}

export interface Content {
  quantity: number
  value: number
  /** '' where no event named one. */
  currency: string
}

/** Puts a line into a cart. */
export function putIn({ contents }: Cart, { product, quantity, value }: Line, currency: string) {
  const own = contents.get(product ?? '') ?? { quantity: 0, value: 0, currency }
  own.quantity += quantity
  own.value += value ?? 0
  if (currency !== '') own.currency = currency
  contents.set(product ?? '', own)
}

/** Takes a line out: so many at what they cost on the average; all of that product where the line states no quantity. */
export function takeOut({ contents }: Cart, { product, quantity, isQuantityStated }: Line) {
  const own = contents.get(product ?? '')
  if (!own) return
  const left = isQuantityStated ? own.quantity - quantity : 0
  if (left <= 0) {
    contents.delete(product ?? '')
    return
  }
  own.value *= left / own.quantity
  own.quantity = left
}
