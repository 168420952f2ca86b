/** What became of carts: `GET /v1/carts`. */
import { z } from 'zod'
import type { RateAnswer } from './answer.ts'
import { warnings } from './asked-schema.ts'
import { type FilterInput, filter } from './question.ts'
import { count, rateAnswer, time } from './rate-schema.ts'

export interface CartValue {
  /** ISO 4217; null where the events name none. Never summed across currencies. */
  currency: string | null
  /** How many carts hold something of it. */
  carts: number
  value: number
}

/** `bought`, `abandoned` and `open` are all `carts`. */
export interface CartCounts {
  /** Not empty after their last change, which lies in the range. */
  carts: number
  /** Bought within `idle` after their last change. */
  bought: number
  /** Not bought within `idle`: those that were bought later too. */
  abandoned: number
  /** Of the abandoned, those that were bought later. */
  recovered: number
  /** Of the others, those whose time for that is not over. */
  may_recover: number
  /** Changed so lately that they may still be bought within `idle`. */
  open: number
  /** Beside them: carts that were left with nothing in them. */
  emptied: number
  rates: {
    /** Abandoned, of those that were bought or abandoned. */
    abandoned: RateAnswer
    /** Recovered, of the abandoned. */
    recovered: RateAnswer
  }
  /** What was left in abandoned carts. */
  value_left: CartValue[]
  /** What of that lay in recovered ones. */
  value_recovered: CartValue[]
}

export interface CartRow extends CartCounts {
  /** The value as text; null for unset. */
  value: string | null
}

export interface CartsAnswer extends CartCounts {
  question: {
    from: string
    to: string
    time_zone: string
    idle: string
    filters: FilterInput[]
    bots: boolean
    cookieless: boolean
    breakdown: { property: string; limit: number } | null
    definitions: Record<string, string>
    /** Properties that no event has ever had. */
    warnings: string[]
  }
  as_of: string
  /** Each cart is in one row. */
  breakdown: CartRow[] | null
  /** The rows beyond the limit, summed. */
  other: CartCounts | null
}

const cartValue: z.ZodType<CartValue> = z
  .strictObject({ currency: z.string().nullable(), carts: count, value: z.number() })
  .meta({
    id: 'CartValue',
    description: 'Of one currency, and how many carts hold something of it.',
    examples: [{ currency: 'EUR', carts: 120, value: 5120.5 }],
  })

const counts = {
  carts: count.meta({ description: 'Not empty after their last change, which is in the range.' }),
  bought: count.meta({ description: 'Within `idle` after their last change.' }),
  abandoned: count.meta({ description: 'Not bought within `idle`.' }),
  recovered: count.meta({ description: 'Of the abandoned, those that were bought later.' }),
  may_recover: count.meta({ description: 'Of the others, those whose time is not over.' }),
  open: count.meta({ description: 'May still be bought within `idle`.' }),
  emptied: count.meta({ description: 'Beside them: left with nothing in them.' }),
  rates: z.strictObject({
    abandoned: rateAnswer.meta({ description: 'Abandoned, of those bought or abandoned.' }),
    recovered: rateAnswer.meta({ description: 'Recovered, of the abandoned.' }),
  }),
  value_left: z.array(cartValue).meta({ description: 'What was left in abandoned carts.' }),
  value_recovered: z.array(cartValue).meta({ description: 'What of that lay in recovered ones.' }),
}

const cartCounts: z.ZodType<CartCounts> = z.strictObject(counts).meta({
  id: 'CartCounts',
  description: '`bought`, `abandoned` and `open` are all `carts`.',
})

const cartRow: z.ZodType<CartRow> = z
  .strictObject({ value: z.string().nullable(), ...counts })
  .meta({ id: 'CartRow', description: 'The carts of one value; null is unset.' })

export const cartsAnswer: z.ZodType<CartsAnswer> = z
  .strictObject({
    question: z.strictObject({
      from: time,
      to: time,
      time_zone: z.string(),
      idle: z.string(),
      filters: z.array(filter),
      bots: z.boolean(),
      cookieless: z.boolean(),
      breakdown: z.strictObject({ property: z.string(), limit: z.int() }).nullable(),
      definitions: z.record(z.string(), z.string()),
      warnings,
    }),
    as_of: time,
    ...counts,
    breakdown: z.array(cartRow).nullable().meta({ description: 'Each cart is in one row.' }),
    other: cartCounts.nullable().meta({ description: 'The rows beyond the limit, summed.' }),
  })
  .meta({
    id: 'CartsAnswer',
    description: 'What became of carts.',
    examples: [
      {
        question: {
          ...{ from: '2026-10-01T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z', time_zone: 'UTC' },
          ...{ idle: '1h', filters: [], bots: false, cookieless: false, breakdown: null },
          definitions: { cart: 'What one visitor put into one cart.' },
          warnings: [],
        },
        as_of: '2026-12-10T09:30:00.000Z',
        ...{ carts: 300, bought: 120, abandoned: 180, recovered: 45 },
        ...{ may_recover: 0, open: 0, emptied: 12 },
        rates: {
          abandoned: {
            numerator: 180,
            denominator: 300,
            rate: 0.6,
            low: 0.5436,
            high: 0.6538,
            too_few: false,
          },
          recovered: {
            numerator: 45,
            denominator: 180,
            rate: 0.25,
            low: 0.1924,
            high: 0.318,
            too_few: false,
          },
        },
        value_left: [{ currency: 'EUR', carts: 180, value: 8120.5 }],
        value_recovered: [{ currency: 'EUR', carts: 45, value: 2210 }],
        breakdown: null,
        other: null,
      },
    ],
  })
