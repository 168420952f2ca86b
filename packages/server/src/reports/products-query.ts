import { PRODUCT_SORTS } from '@weir/contract'
import { z } from 'zod'
import { questionFields } from './rates-query.ts'

const { from, to, filter, window, bots, cookieless, site } = questionFields

/** The query of `GET /v1/products`. */
export const productsQuery = z.strictObject({
  ...{ from, to, filter, window, bots, cookieless, site },
  by: z.string().min(1).max(200).default('product_id'),
  sort: z.enum(PRODUCT_SORTS).default('viewers'),
  limit: z.coerce.number().int().min(1).max(1_000).default(25),
  format: z.enum(['json', 'csv']).optional(),
})

export type ProductsQuery = z.output<typeof productsQuery>
