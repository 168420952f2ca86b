import { attempt } from '../lib/attempt.ts'
import type { Given } from '../types.ts'
import { isTold, tell } from './tell.ts'

/** A product that a page describes, and nobody told of for so long, was viewed. */
const DESCRIBED_MS = 2_000

/** A product as schema.org describes it; what pages write is not always that. */
interface Described {
  '@type'?: unknown
  '@graph'?: Described[]
  sku?: string
  productID?: string
  name?: string
  brand?: { name?: string } | string
  offers?: Offer | Offer[]
}

interface Offer {
  price?: string | number
  lowPrice?: string | number
  priceCurrency?: string
}

const readAll = (): Described[] =>
  [...document.querySelectorAll('[type="application/ld+json"]')].flatMap(
    ({ textContent }): Described[] => attempt(() => [JSON.parse(`${textContent}`)].flat()) || [],
  )

const propertiesOf = ({ sku, productID, name, brand, offers }: Described): Given => {
  const [offer] = [offers].flat()
  return {
    product_id: sku || productID || name,
    product_name: name,
    brand: typeof brand === 'object' ? brand.name : brand,
    price: offer?.price || offer?.lowPrice,
    currency: offer?.priceCurrency,
  }
}

/** On each new path: if it describes one product, and nobody tells of a product view, tells of one. */
export const adoptDescribed = (): void => {
  let path = ''
  let since = 0
  let isNew = false
  const look = () => {
    if (path !== location.pathname) {
      // An application has moved on up to one look ago; the first page is here since ever.
      since = path ? Date.now() - DESCRIBED_MS : 0
      path = location.pathname
      isNew = true
    } else if (isNew) {
      isNew = false
      const [product, another] = readAll()
        .flatMap((described) => described['@graph'] || described)
        .filter((described) => described['@type'] === 'Product')
      // More than one is a list, and nobody viewed it.
      if (product && !another && !isTold('product_view', since)) {
        tell('described', 'product_view', propertiesOf(product))
      }
    }
  }
  look()
  setInterval(look, DESCRIBED_MS)
}
