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
  /** What it was put in for, by currency; '' where events name none. */
  values: Map<string, number>
}

/** Puts a line into a cart. */
export function putIn({ contents }: Cart, { product, quantity, value }: Line, currency: string) {
  const own = contents.get(product ?? '') ?? { quantity: 0, values: new Map() }
  own.quantity += quantity
  own.values.set(currency, (own.values.get(currency) ?? 0) + (value ?? 0))
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
  for (const [currency, value] of own.values)
    own.values.set(currency, value * (left / own.quantity))
  own.quantity = left
}
