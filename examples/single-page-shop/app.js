const PRODUCTS = [
  { product_id: 'rapids-mug', product_name: 'Rapids mug', price: 14, currency: 'EUR' },
  { product_id: 'ash-paddle', product_name: 'Ash paddle', price: 89, currency: 'EUR' },
]

const cart = []

const findProduct = (id) => PRODUCTS.find(({ product_id }) => product_id === id)

/** What stands at a path: its title, its HTML, and what is told of it. */
const pageAt = (path) => {
  const product = findProduct(path.split('/')[2])
  if (product) {
    // Weir: the page view is told by itself, this is what it shows.
    weir('product_view', product)
    return {
      title: product.product_name,
      html: `<h1>${product.product_name}</h1><button id="add" value="${product.product_id}">Add to cart</button> <a href="/cart">Cart</a>`,
    }
  }
  if (path === '/cart') {
    return {
      title: 'Cart',
      html: `<h1>${cart.length} in the cart</h1><button id="order">Order</button>`,
    }
  }
  if (path.startsWith('/thanks/')) return { title: 'Thank you', html: '<h1>Thank you!</h1>' }
  return {
    title: 'Products',
    html: PRODUCTS.map(
      ({ product_id, product_name }) => `<p><a href="/p/${product_id}">${product_name}</a></p>`,
    ).join(''),
  }
}

const show = () => {
  const { title, html } = pageAt(location.pathname)
  document.title = title
  document.querySelector('#app').innerHTML = html
}

const go = (path) => {
  history.pushState({}, '', path)
  show()
}

const order = () => {
  const order_id = `${Date.now()}`
  go(`/thanks/${order_id}`)
  // Weir: the order id counts once, for ever.
  weir('purchase', {
    order_id,
    value: cart.reduce((sum, { price }) => sum + price, 0),
    currency: 'EUR',
    items: cart.splice(0),
  })
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a')
  if (link) {
    event.preventDefault()
    go(link.pathname)
  } else if (event.target.id === 'add') {
    const product = findProduct(event.target.value)
    cart.push(product)
    // Weir: something was put into the cart.
    weir('add_to_cart', product)
  } else if (event.target.id === 'order') order()
})

addEventListener('popstate', show)
show()
