import { CURRENCY, toEuros } from './money.js'
import { randomId } from './random-id.js'
import { readStored, writeStored } from './storage.js'
import { totalsOf } from './totals.js'

const keyOf = (order_id) => `shop.order.${order_id}`

/** A real shop's server does this; the sample keeps its orders in the browser. */
export function placeOrder({ cart_id, lines }) {
  const order = { order_id: randomId('WD'), cart_id, lines, totals: totalsOf(lines) }
  writeStored(keyOf(order.order_id), order)
  return order
}

export const findOrder = (order_id) => readStored(keyOf(order_id))

/** Lines of `{ product, quantity }` as Weir's `items`. */
export const itemsOf = (lines) =>
  lines.map(({ product, quantity }) => ({
    product_id: product.id,
    product_name: product.name,
    category: product.category,
    price: toEuros(product.cents),
    quantity,
  }))

/** What `begin_checkout` and `purchase` share. `value` is without tax and shipping. */
export const measuresOf = ({ cart_id, lines }) => ({
  value: toEuros(totalsOf(lines).subtotal),
  currency: CURRENCY,
  cart_id,
  items: itemsOf(lines),
})
