import './page.js'
import { byId, element } from './element.js'
import { productCards } from './product-card.js'
import { CATEGORIES, PRODUCTS } from './products.js'

const choices = Object.entries({ all: 'All', ...CATEGORIES }).map(([category, name]) =>
  element('button', { type: 'button', value: category }, name),
)

function choose(chosen) {
  for (const choice of choices) choice.setAttribute('aria-pressed', choice.value === chosen)
  const shown = PRODUCTS.filter(({ category }) => chosen === 'all' || category === chosen)
  byId('products').replaceChildren(...productCards(shown))
}

byId('categories').append(...choices)
byId('categories').addEventListener('click', ({ target }) => target.value && choose(target.value))
choose('all')
