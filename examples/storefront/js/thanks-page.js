import './page.js'
import { byId } from './element.js'
import { toEuros } from './money.js'
import { findOrder, measuresOf } from './orders.js'
import { summaryLines, summaryRows } from './summary.js'

const order = findOrder(new URLSearchParams(location.search).get('order'))

if (order) {
  byId('thanks').textContent = `Thank you! Your order is ${order.order_id}.`
  byId('lines').append(...summaryLines(order.lines))
  byId('summary').append(...summaryRows(order.totals))
  byId('order').hidden = false

  // Weir: at every load of this page. An order id counts once, so a reload adds nothing.
  weir('purchase', {
    order_id: order.order_id,
    ...measuresOf(order),
    tax: toEuros(order.totals.tax),
    shipping: toEuros(order.totals.shipping),
  })
} else {
  byId('missing').hidden = false
}
