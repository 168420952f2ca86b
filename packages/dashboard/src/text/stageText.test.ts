import { expect, it } from 'vitest'
import { stageText } from './stageText.ts'

it.each([
  ['view', 'View'],
  ['product_view', 'Product view'],
  ['Saw a product', 'Saw a product'],
  ['añadir al carrito', 'añadir al carrito'],
  ['4th_step', '4th step'],
])('%s is %s', (name, want) => {
  expect(stageText(name)).toBe(want)
})
