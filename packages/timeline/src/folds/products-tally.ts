import { addRevenues, type Revenues } from '../counting/revenue.ts'

/** Of one product. Visitors, but for units and revenue. */
export interface ProductTally {
  viewers: number
  /** Of those, who then put it into the cart, and who then bought it. */
  viewers_who_added: number
  viewers_who_bought: number
  adders: number
  adders_who_bought: number
  buyers: number
  units: number
  /** By currency, '' where purchases name none; `orders` are purchases that hold it. */
  revenue: Revenues
}

export type ProductTallies = Map<string, ProductTally>

export const noProduct = (): ProductTally => ({
  viewers: 0,
  viewers_who_added: 0,
  viewers_who_bought: 0,
  adders: 0,
  adders_who_bought: 0,
  buyers: 0,
  units: 0,
  revenue: new Map(),
})

/** The tally of a product, made where there is none. */
export function tallyOf(tallies: ProductTallies, product: string): ProductTally {
  const known = tallies.get(product)
  if (known) return known
  const tally = noProduct()
  tallies.set(product, tally)
  return tally
}

/** Adds what was counted of one product, or row, to another. */
export function addProduct(sum: ProductTally, { revenue, ...counts }: ProductTally) {
  sum.viewers += counts.viewers
  sum.viewers_who_added += counts.viewers_who_added
  sum.viewers_who_bought += counts.viewers_who_bought
  sum.adders += counts.adders
  sum.adders_who_bought += counts.adders_who_bought
  sum.buyers += counts.buyers
  sum.units += counts.units
  addRevenues(sum.revenue, revenue)
}
