import { attempt } from '../lib/attempt.ts'
import { listen } from '../lib/listen.ts'
import type { Given } from '../types.ts'
import { isTold, tell } from './tell.ts'

/** A product that a page describes, and nobody told of for so long, was viewed. */
const DESCRIBED_MS = 2_000

/** A product as schema.org describes it; what pages write is not always that, and often null. */
interface Described {
  '@type'?: unknown
  '@graph'?: Described[]
  sku?: string
  productID?: string
  productGroupID?: string
  name?: string
  brand?: { name?: string } | string | null
  offers?: Offers
  hasVariant?: { offers?: Offers }[]
}

type Offers = Offer | (Offer | null)[] | null

interface Price {
  price?: string | number
  priceCurrency?: string
}

interface Offer extends Price {
  lowPrice?: string | number
  priceSpecification?: Price | Price[]
}

const readProducts = (): Described[] =>
  [...document.querySelectorAll('[type="application/ld+json"]')]
    .flatMap(
      ({ textContent }): Described[] =>
        attempt(() =>
          [JSON.parse(`${textContent}`)]
            .flat()
            .flatMap((described: Described) => described['@graph'] || described),
        ) || [],
    )
    .filter((described) => /^Product(Group)?\b/.test(`${described?.['@type']}`))

const propertiesOf = ({
  sku,
  productID,
  productGroupID,
  name,
  brand,
  offers,
  hasVariant,
}: Described): Given => {
  const [offer] = [offers || hasVariant?.[0]?.offers].flat()
  // WooCommerce puts the price a level deeper.
  const { price, lowPrice, priceCurrency }: Offer = {
    ...[offer?.priceSpecification].flat()[0],
    ...offer,
  }
  return {
    product_id: sku || productID || productGroupID || name,
    product_name: name,
    brand: typeof brand === 'object' ? brand?.name : brand,
    price: price ?? lowPrice,
    currency: priceCurrency,
  }
}

/** On each new path: if it describes one product, and nobody tells of a product view, tells of one. */
export const adoptDescribed = (): void => {
  let path = ''
  let since = 0
  let unsettled = ''
  const settle = () => {
    if (unsettled !== location.pathname) return
    unsettled = ''
    const [product, another] = readProducts()
    // More than one is a list, and nobody viewed it.
    if (product && !another && !isTold('product_view', since)) {
      tell('described', 'product_view', propertiesOf(product))
    }
  }
  const look = () => {
    settle()
    if (path !== location.pathname) {
      // An application has moved on up to one look ago; the first page is here since ever.
      since = path ? Date.now() - DESCRIBED_MS : 0
      unsettled = path = location.pathname
    }
  }
  look()
  setInterval(attempt, DESCRIBED_MS, look)
  // What is done on a product was done after it was seen: `add_to_cart` follows a click, or a key.
  listen('pointerup', settle)
  listen('keydown', settle)
}
