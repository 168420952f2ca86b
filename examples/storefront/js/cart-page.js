import './page.js'
import { addToCart, openCart, removeFromCart, watchCart } from './cart.js'
import { byId, element } from './element.js'
import { formatCents } from './money.js'
import { productAddress, productPicture } from './product-card.js'
import { summaryRows } from './summary.js'
import { FREE_SHIPPING_FROM_CENTS, totalsOf } from './totals.js'

function lineButton(id, text, label, onclick, className = '') {
  const button = element('button', { id, type: 'button', onclick, className }, text)
  button.setAttribute('aria-label', label)
  return button
}

const cartLine = ({ product, quantity }) =>
  element(
    'li',
    { className: 'line' },
    productPicture(product),
    element('a', { href: productAddress(product), className: 'product-name' }, product.name),
    element('span', { className: 'line-price' }, formatCents(product.cents * quantity)),
    element(
      'span',
      { className: 'stepper' },
      lineButton(`less-${product.id}`, '−', `One ${product.name} less`, () =>
        removeFromCart(product, 1),
      ),
      element('span', { className: 'line-quantity' }, String(quantity)),
      lineButton(`more-${product.id}`, '+', `One more ${product.name}`, () =>
        addToCart(product, 1),
      ),
    ),
    lineButton(
      `remove-${product.id}`,
      'Remove',
      `Remove ${product.name}`,
      () => removeFromCart(product, quantity),
      'plain',
    ),
  )

function showGauge(subtotal) {
  const missing = FREE_SHIPPING_FROM_CENTS - subtotal
  byId('gauge').value = Math.min(1, subtotal / FREE_SHIPPING_FROM_CENTS)
  byId('gauge-text').textContent =
    missing > 0 ? `${formatCents(missing)} more and delivery is free` : 'Delivery is free'
}

watchCart(() => {
  const { lines } = openCart()
  const totals = totalsOf(lines)
  const focused = document.activeElement?.id
  byId('empty').hidden = lines.length > 0
  byId('cart').hidden = lines.length === 0
  byId('lines').replaceChildren(...lines.map(cartLine))
  byId('summary').replaceChildren(...summaryRows(totals))
  showGauge(totals.subtotal)
  // The buttons are new: give the keyboard its place back, or the heading when the line is gone.
  if (focused) (byId(focused) ?? byId('title')).focus()
})
