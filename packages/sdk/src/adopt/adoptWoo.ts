import { tell } from './tell.ts'

/** Listens to WooCommerce's `added_to_cart`, which only jQuery hears; its button says what was added. */
export const adoptWoo = (): void => {
  window.jQuery?.(document.body).on('added_to_cart', (_event, _fragments, _hash, button) => {
    const { product_id, quantity } = button?.[0]?.dataset || {}
    tell('woo', 'add_to_cart', { product_id, quantity })
  })
}

declare global {
  interface Window {
    jQuery?: (element: Element) => {
      on(
        event: 'added_to_cart',
        callback: (event: object, fragments: object, hash: string, button?: HTMLElement[]) => void,
      ): void
    }
  }
}
