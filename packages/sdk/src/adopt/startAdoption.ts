import { attempt } from '../lib/attempt.ts'
import { adoptDataLayer } from './adoptDataLayer.ts'
import { adoptDescribed } from './adoptDescribed.ts'
import { adoptElements } from './adoptElements.ts'
import { adoptSegment } from './adoptSegment.ts'
import { adoptShopify } from './adoptShopify.ts'
import { adoptWoo } from './adoptWoo.ts'
import { watchSigns } from './watchSigns.ts'

const ADOPTERS: { [plugin: string]: () => void } = {
  dataLayer: adoptDataLayer,
  segment: adoptSegment,
  shopify: adoptShopify,
  woo: adoptWoo,
  elements: adoptElements,
  described: adoptDescribed,
}

/** Tells Weir what the page tells others: for npm, where every plugin is in the bundle already. */
export const startAdoption = (): void => watchSigns((plugin) => attempt(() => ADOPTERS[plugin]?.()))
