import './page.js'
import { dropCart, openCart } from './cart.js'
import { byId } from './element.js'
import { formatCents } from './money.js'
import { measuresOf, placeOrder } from './orders.js'
import { summaryLines, summaryRows } from './summary.js'
import { totalsOf } from './totals.js'

const cart = openCart()

if (cart.lines.length > 0) {
  const totals = totalsOf(cart.lines)
  byId('lines').append(...summaryLines(cart.lines))
  byId('summary').append(...summaryRows(totals))
  byId('place-order').textContent = `Place order · ${formatCents(totals.total)}`
  byId('checkout-form').hidden = false

  // Weir: a custom event, between the standard stages add_to_cart and purchase.
  weir('begin_checkout', measuresOf(cart))
} else {
  byId('empty').hidden = false
}

byId('checkout-form').addEventListener('submit', (event) => {
  event.preventDefault()
  const latest = openCart()
  // Back from the thank-you page, or ordered in another tab: there is nothing left to order.
  if (latest.lines.length === 0) return location.assign('cart.html')
  const { order_id } = placeOrder(latest)
  dropCart()
  location.assign(`thanks.html?order=${order_id}`)
})
