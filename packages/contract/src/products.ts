/** What became of products: `GET /v1/products`. */
import type { RateAnswer, RevenueAnswer } from './answer.ts'
import type { FilterInput } from './question.ts'

/** What products may be sorted by, the most first. */
export const PRODUCT_SORTS = [
  'viewers',
  'adders',
  'buyers',
  'units',
  'revenue',
  'view_to_cart',
  'cart_to_purchase',
  'view_to_purchase',
] as const

export type ProductSort = (typeof PRODUCT_SORTS)[number]

export interface ProductRates {
  /** Of the visitors who saw it, those who then put it into the cart. */
  view_to_cart: RateAnswer
  /** Of those who put it into the cart, those who then bought it. */
  cart_to_purchase: RateAnswer
  /** Of those who saw it, those who then bought it. */
  view_to_purchase: RateAnswer
}

export interface ProductCounts {
  /** Visitors who saw, put into the cart, or bought it in the range. */
  viewers: number
  adders: number
  buyers: number
  rates: ProductRates
  /** Sold in the range. */
  units: number
  /** Of purchases in the range; `orders` are those that hold it. */
  revenue: RevenueAnswer[]
}

export interface ProductAnswer extends ProductCounts {
  /** The product, as text: the value of the property that the question says `by`. */
  product: string
}

export interface ProductsAnswer {
  question: {
    from: string
    to: string
    time_zone: string
    /** The property that tells products apart. */
    by: string
    window: string
    filters: FilterInput[]
    bots: boolean
    cookieless: boolean
    sort: ProductSort
    limit: number
    definitions: Record<string, string>
  }
  as_of: string
  /** Ask up to here, and everybody has had the whole window to buy; null where everybody has, or nobody. */
  mature_until: string | null
  products: ProductAnswer[]
  /** The products beyond the limit, summed: a visitor counts once for each. */
  other: (ProductCounts & { products: number }) | null
}
