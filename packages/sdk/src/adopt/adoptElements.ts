import { listen } from '../lib/listen.ts'
import type { Given } from '../types.ts'
import { tell } from './tell.ts'

/** How often to look for new elements: frameworks render at any time. */
const LOOK_MS = 500

/** What an event passes through: elements, SVG's and those in shadow roots included. */
type Passed = EventTarget & Partial<Element> & { dataset?: DOMStringMap }

/** Tells `data-weir="add_to_cart" data-weir-product-id="sku-1"` as `add_to_cart` of `product_id` sku-1. */
const declare = ({ dataset, attributes }: Passed): void => {
  const properties: Given = {}
  for (const { name, value } of attributes || []) {
    if (/^data-weir-/.test(name)) properties[name.slice(10).replace(/-/g, '_')] = value
  }
  tell('element', `${dataset?.weir}`, properties)
}

/**
 * Tells what elements declare in `data-weir`: of a product view when it is first seen on the screen, of
 * a form when it is submitted, of anything else when it is clicked, by pointer or keyboard. Listens
 * only, and prevents nothing.
 */
export const adoptElements = (): void => {
  for (const type of ['click', 'submit'] as const) {
    listen(type, (event) => {
      const path: Passed[] = event.composedPath()
      const found = path.find(
        ({ dataset, localName }) =>
          /^(?!product_view$)./.test(dataset?.weir || '') &&
          (type === 'submit') === (localName === 'form'),
      )
      if (found) declare(found)
    })
  }

  const looked = new WeakSet<Element>()
  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue
      observer.unobserve(target)
      declare(target)
    }
  })
  const look = () => {
    for (const element of document.querySelectorAll('[data-weir=product_view]')) {
      if (!looked.has(element)) observer.observe(element)
      looked.add(element)
    }
  }
  look()
  setInterval(look, LOOK_MS)
}
