import { CURRENCY, toEuros } from './money.js'
import { findProduct } from './products.js'
import { randomId } from './random-id.js'
import { dropStored, readStored, writeStored } from './storage.js'

const KEY = 'shop.cart'

const readCart = () => readStored(KEY) ?? { cart_id: randomId('cart'), quantities: {} }

function writeCart(cart) {
  writeStored(KEY, cart)
  dispatchEvent(new Event('cart'))
}

/** `{ cart_id, lines: [{ product, quantity }] }`, in the order the products were added. */
export function openCart() {
  const { cart_id, quantities } = readCart()
  const lines = Object.entries(quantities).map(([id, quantity]) => ({
    product: findProduct(id),
    quantity,
  }))
  return { cart_id, lines: lines.filter(({ product }) => product) }
}

export function addToCart(product, quantity) {
  const cart = readCart()
  cart.quantities[product.id] = (cart.quantities[product.id] ?? 0) + quantity
  writeCart(cart)

  // Weir: something was put into the cart.
  weir('add_to_cart', {
    product_id: product.id,
    product_name: product.name,
    category: product.category,
    price: toEuros(product.cents),
    quantity,
    currency: CURRENCY,
    cart_id: cart.cart_id,
  })
}

export function removeFromCart(product, quantity) {
  const cart = readCart()
  const left = (cart.quantities[product.id] ?? 0) - quantity
  if (left > 0) cart.quantities[product.id] = left
  else delete cart.quantities[product.id]
  writeCart(cart)

  // Weir: something was taken out again.
  weir('remove_from_cart', {
    product_id: product.id,
    product_name: product.name,
    category: product.category,
    price: toEuros(product.cents),
    quantity,
    currency: CURRENCY,
    cart_id: cart.cart_id,
  })
}

/** After an order. The next cart has a new id. */
export function dropCart() {
  dropStored(KEY)
  dispatchEvent(new Event('cart'))
}

/** Calls back now and whenever the cart changed: here, in another tab, or while this page was away. */
export function watchCart(callback) {
  callback()
  addEventListener('cart', callback)
  addEventListener('storage', callback)
  addEventListener('pageshow', (event) => event.persisted && callback())
}
