import { flat, flatItems, type Reported } from './flat.ts'
import { tell } from './tell.ts'

/** By Segment's name (e-commerce v2), ours. Its `page` is not here: views are ours. */
const NAMES: { [name: string]: string } = {
  'Product Viewed': 'product_view',
  'Product Added': 'add_to_cart',
  'Order Completed': 'purchase',
  'Product List Viewed': 'view_item_list',
  'Product Clicked': 'select_item',
  'Cart Viewed': 'view_cart',
  'Product Removed': 'remove_from_cart',
  'Checkout Started': 'begin_checkout',
  'Payment Info Entered': 'add_payment_info',
  'Order Refunded': 'refund',
  'Signed Up': 'sign_up',
  'Signed In': 'login',
  'Products Searched': 'search',
}

const rename = (name: string): string => (name === 'name' ? 'product_name' : name)

/** A product is known by its SKU where it has no id. */
const withId = <T extends ReturnType<typeof flat>>(product: T): T => ({
  ...product,
  product_id: product.product_id ?? product.sku,
})

/** Listens to `analytics.track`. Its stub hands what was asked of it on to the real one. */
export const adoptSegment = (): void => {
  window.analytics?.on?.('track', (track, reported) => {
    const name = NAMES[track]
    if (!name) return
    const { revenue, ...properties } = flat(reported, rename)
    tell('segment', name, {
      ...withId(properties),
      value: revenue ?? properties.value ?? properties.subtotal,
      items: flatItems(reported.products, rename)?.map(withId),
    })
  })
}

declare global {
  interface Window {
    analytics?: {
      on?: (event: 'track', callback: (name: string, properties: Reported) => void) => void
    }
  }
}
