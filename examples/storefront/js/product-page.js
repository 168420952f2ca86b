import './page.js'
import { addToCart } from './cart.js'
import { byId, element } from './element.js'
import { CURRENCY, formatCents, toEuros } from './money.js'
import { productCards, productPicture } from './product-card.js'
import { CATEGORIES, findProduct, PRODUCTS } from './products.js'

const product = findProduct(new URLSearchParams(location.search).get('id'))

if (product) {
  showProduct()

  // Weir: the visitor sees this product.
  weir('product_view', {
    product_id: product.id,
    product_name: product.name,
    category: product.category,
    price: toEuros(product.cents),
    currency: CURRENCY,
  })
} else {
  byId('missing').hidden = false
}

function showProduct() {
  document.title = `${product.name} · Weir & Daughters`
  byId('picture').append(productPicture(product))
  byId('category').textContent = CATEGORIES[product.category]
  byId('name').textContent = product.name
  byId('price').textContent = formatCents(product.cents)
  byId('text').textContent = product.text
  byId('facts').append(
    ...Object.entries(product.facts).map(([term, fact]) =>
      element('div', {}, element('dt', {}, term), element('dd', {}, fact)),
    ),
  )
  byId('product').hidden = false
}

byId('buy').addEventListener('submit', (event) => {
  event.preventDefault()
  const quantity = byId('quantity').valueAsNumber
  addToCart(product, quantity)
  byId('added').replaceChildren(
    `${quantity} × ${product.name} in your cart. `,
    element('a', { href: 'cart.html' }, 'Go to the cart'),
  )
})

const others = PRODUCTS.filter((other) => other !== product)
const nearest = others.sort(
  (a, b) => (b.category === product?.category) - (a.category === product?.category),
)
byId('products').append(...productCards(nearest.slice(0, 4)))
