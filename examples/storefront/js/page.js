// What every page has: the number on the cart, the chat, the bar that leads back to Weir.
import { openCart, watchCart } from './cart.js'
import './chat.js'
import { byId } from './element.js'
import { readStored, writeStored } from './storage.js'

watchCart(() => {
  const count = openCart().lines.reduce((sum, { quantity }) => sum + quantity, 0)
  byId('cart-count').textContent = count
  byId('cart-link').setAttribute('aria-label', `Cart, ${count} ${count === 1 ? 'item' : 'items'}`)
})

byId('sample').hidden = readStored('shop.sample') === 'dismissed'
byId('sample-close').addEventListener('click', () => {
  byId('sample').hidden = true
  writeStored('shop.sample', 'dismissed')
})
