import { attempt } from '../lib/attempt.ts'
import { flat, flatItems, type Reported } from './flat.ts'
import { tell } from './tell.ts'

/** An entry of the data layer: what a tag manager takes, or the arguments of a `gtag` call. */
export interface LayerEntry {
  0?: string
  1?: string
  2?: Reported
  event?: string
  ecommerce?: Reported | null
}

/** GA4's events that are told of. Not `page_view`: views are ours. */
const EVENTS =
  /^(add_\w+|begin_checkout|generate_lead|login|purchase|refund|remove_from_cart|search|select_item|sign_up|view_(cart|item\w*))$/

const rename = (name: string): string =>
  name
    .replace('transaction', 'order')
    .replace(/^item_(?!list)/, '')
    .replace(/^(id|name)$/, 'product_$1')

const adopt = (entry: LayerEntry): void => {
  const isGtag = entry[0] === 'event'
  const name = `${isGtag ? entry[1] : entry.event}`
  if (EVENTS.test(name)) {
    const reported = (isGtag ? entry[2] : entry.ecommerce || { ...entry, event: null }) || {}
    tell('dataLayer', name.replace(/^view_item$/, 'product_view'), {
      ...flat(reported, rename),
      items: flatItems(reported.items, rename),
    })
  }
  const consent = entry[1] === 'update' && entry[2]?.analytics_storage
  if (consent === 'granted' || consent === 'denied') window.weir?.('consent', consent)
}

/** Reads GA4's events and consent from the data layer: those pushed before, and from now on. */
export const adoptDataLayer = (): void => {
  const { dataLayer } = window
  // Some pages call an object of their own so.
  if (!Array.isArray(dataLayer)) return
  const { push } = dataLayer
  dataLayer.push = (...entries) => {
    attempt(() => entries.forEach(adopt))
    return push.apply(dataLayer, entries)
  }
  for (const entry of [...dataLayer]) attempt(() => adopt(entry))
}

declare global {
  interface Window {
    dataLayer?: LayerEntry[]
  }
}
