import { element } from './element.js'
import { formatCents } from './money.js'

export const productAddress = (product) => `product.html?id=${product.id}`

/** The product on its tinted tile. The name stands beside it, so the picture says nothing. */
export const productPicture = (product) =>
  element(
    'span',
    { className: `tile ${product.category}` },
    element('img', { src: `pictures/${product.id}.svg`, alt: '', width: 400, height: 400 }),
  )

export const productCard = (product) =>
  element(
    'a',
    { className: 'product', href: productAddress(product) },
    productPicture(product),
    element('span', { className: 'product-name' }, product.name),
    element('span', { className: 'product-price' }, formatCents(product.cents)),
    element('span', { className: 'product-line' }, product.line),
  )

export const productCards = (products) =>
  products.map((product) => element('li', {}, productCard(product)))
