/** What became of products: `GET /v1/products`. */
import { z } from 'zod'
import type { RateAnswer, RevenueAnswer } from './answer.ts'
import { warnings } from './asked-schema.ts'
import { type FilterInput, filter } from './question.ts'
import { count, rateAnswer, time } from './rate-schema.ts'
import { revenueAnswer } from './stage-schema.ts'

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
    /** Properties that no event has ever had. */
    warnings: string[]
  }
  as_of: string
  /** Ask up to here, and everybody has had the whole window to buy; null where everybody has, or nobody. */
  mature_until: string | null
  products: ProductAnswer[]
  /** The products beyond the limit, summed: a visitor counts once for each. */
  other: (ProductCounts & { products: number }) | null
}

const counts = {
  viewers: count.meta({ description: 'Visitors who saw it in the range.' }),
  adders: count.meta({ description: 'Visitors who put it into the cart in the range.' }),
  buyers: count.meta({ description: 'Visitors who bought it in the range.' }),
  rates: z.strictObject({
    view_to_cart: rateAnswer.meta({
      description: 'Of those who saw it, those who then put it into the cart.',
    }),
    cart_to_purchase: rateAnswer.meta({
      description: 'Of those who put it into the cart, those who then bought it.',
    }),
    view_to_purchase: rateAnswer.meta({
      description: 'Of those who saw it, those who then bought it.',
    }),
  }),
  units: z.number().meta({ description: 'Sold in the range.' }),
  revenue: z.array(revenueAnswer).meta({
    description: 'Of purchases in the range; `orders` are those that hold it.',
  }),
}

const productAnswer: z.ZodType<ProductAnswer> = z
  .strictObject({ product: z.string(), ...counts })
  .meta({ id: 'Product', description: 'What became of one product.' })

const otherProducts: z.ZodType<ProductsAnswer['other']> = z
  .strictObject({ products: count, ...counts })
  .nullable()

export const productsAnswer: z.ZodType<ProductsAnswer> = z
  .strictObject({
    question: z.strictObject({
      from: time,
      to: time,
      time_zone: z.string(),
      by: z.string(),
      window: z.string(),
      filters: z.array(filter),
      bots: z.boolean(),
      cookieless: z.boolean(),
      sort: z.enum(PRODUCT_SORTS),
      limit: z.int(),
      definitions: z.record(z.string(), z.string()),
      warnings,
    }),
    as_of: time,
    mature_until: time.nullable().meta({
      description:
        'Ask up to here, and everybody has had the whole window to buy; null where everybody has, or nobody.',
    }),
    products: z.array(productAnswer),
    other: otherProducts.meta({
      description: 'The products beyond the limit, summed: a visitor counts once for each.',
    }),
  })
  .meta({
    id: 'ProductsAnswer',
    description: 'What became of products.',
    examples: [
      {
        question: {
          ...{ from: '2026-10-01T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z', time_zone: 'UTC' },
          ...{ by: 'product_id', window: '7d', filters: [], bots: false, cookieless: false },
          ...{ sort: 'viewers', limit: 25 },
          definitions: { viewers: 'Visitors with a product_view of it in the range.' },
          warnings: [],
        },
        as_of: '2026-11-10T09:30:00.000Z',
        mature_until: null,
        products: [
          {
            ...{ product: 'sku-1', viewers: 1000, adders: 140, buyers: 97 },
            rates: {
              view_to_cart: {
                numerator: 140,
                denominator: 1000,
                rate: 0.14,
                low: 0.1199,
                high: 0.1629,
                too_few: false,
              },
              cart_to_purchase: {
                numerator: 90,
                denominator: 140,
                rate: 0.6429,
                low: 0.5606,
                high: 0.7174,
                too_few: false,
              },
              view_to_purchase: {
                numerator: 95,
                denominator: 1000,
                rate: 0.095,
                low: 0.0783,
                high: 0.1148,
                too_few: false,
              },
            },
            units: 110,
            revenue: [{ currency: 'EUR', orders: 104, value: 2189, average_order_value: 21.0481 }],
          },
        ],
        other: null,
      },
    ],
  })
