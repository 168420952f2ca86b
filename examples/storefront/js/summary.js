import { element } from './element.js'
import { formatCents } from './money.js'
import { VAT_PERCENT } from './totals.js'

/** The sums under a cart, a checkout or an order: rows for a `<dl>`. */
export function summaryRows({ subtotal, shipping, tax, total }) {
  const row = (label, text, className = '') =>
    element('div', { className }, element('dt', {}, label), element('dd', {}, text))
  return [
    row('Goods', formatCents(subtotal)),
    row('Delivery', shipping === 0 ? 'Free' : formatCents(shipping)),
    row(`VAT ${VAT_PERCENT} %`, formatCents(tax)),
    row('Total', formatCents(total), 'total'),
  ]
}

/** The lines of an order, without controls. */
export const summaryLines = (lines) =>
  lines.map(({ product, quantity }) =>
    element(
      'li',
      {},
      element('span', {}, `${quantity} × ${product.name}`),
      element('span', {}, formatCents(product.cents * quantity)),
    ),
  )
