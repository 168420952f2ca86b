import { name, PRODUCT_SORTS } from '@weir/contract'
import { z } from 'zod'
import { formatField, limitField, questionFields } from './rates-query.ts'

const { from, to, filter, window, bots, cookieless, site } = questionFields

/** The query of `GET /v1/products`. */
export const productsQuery = z.strictObject({
  ...{ from, to, filter, window, bots, cookieless, site },
  by: name.default('product_id').meta({
    description: 'The property that tells products apart.',
  }),
  sort: z.enum(PRODUCT_SORTS).default('viewers').meta({ description: 'The most first.' }),
  limit: limitField.default(25).meta({ description: 'Products beyond it are summed in `other`.' }),
  format: formatField,
})

export type ProductsQuery = z.output<typeof productsQuery>
