import { listen } from '../lib/listen.ts'
import type { Given } from '../types.ts'
import { tell } from './tell.ts'

/** Shopify's standard storefront events: https://shopify.dev/docs/api/storefront-events-and-actions */
interface ShopifyEvent extends Event {
  context?: string
  action?: string
  product?: {
    id: string | number
    title: string
    selectedVariant: {
      id: string
      title: string
      price: { amount: string; currencyCode: string }
    } | null
  }
  lines?: { merchandiseId?: string | number; quantity: number }[]
  promise?: Promise<{ cart: object | null; userErrors?: object[] }>
}

/** `gid://shopify/Product/7` is `7` to everybody else. */
const bare = (gid: unknown): string | undefined => `${gid}`.split('/').pop()

/** The product of this page, or of the dialog over it: what is added from there names only a variant. */
let viewed: Given | undefined
let viewedVariant: string | undefined

/** Listens to the storefront's events. What was added is told once the cart has taken it. */
export const adoptShopify = (): void => {
  listen('shopify:product:view', ({ context, product }) => {
    if (!product || !/page|dialog/.test(`${context}`)) return // a card in a list is no product view
    const { id, title, selectedVariant } = product
    viewedVariant = selectedVariant?.id
    viewed = {
      product_id: bare(id),
      product_name: title,
      variant: selectedVariant?.title,
      price: selectedVariant?.price.amount,
      currency: selectedVariant?.price.currencyCode,
    }
    tell('shopify', 'product_view', viewed)
  })

  listen('shopify:cart:lines-update', (event) => {
    const { action, context, lines = [], promise } = event
    if (action !== 'add') return
    // What apps add (`standard-action`) and carts take is often another product than is viewed.
    const isViewed = /product|dialog/.test(`${context}`)
    const items = lines.map(({ merchandiseId, quantity }) => ({
      product_id: bare(merchandiseId),
      ...((isViewed || viewedVariant === merchandiseId) && viewed),
      quantity,
    }))
    promise
      ?.then(({ cart, userErrors }) => {
        if (cart && !userErrors?.[0]) tell('shopify', 'add_to_cart', { items })
      })
      .catch(() => {})
  })
}

declare global {
  interface WindowEventMap {
    'shopify:product:view': ShopifyEvent
    'shopify:cart:lines-update': ShopifyEvent
  }
}
