import { window } from '@weir/contract'
import { z } from 'zod'
import { breakdownField, formatField, limitField, questionFields } from './rates-query.ts'

const { from, to, filter, bots, cookieless, site } = questionFields

/** The query of `GET /v1/carts`. */
export const cartsQuery = z
  .strictObject({
    ...{ to, filter, bots, cookieless, site },
    from: from.meta({
      description: 'Where the range begins: it selects carts by their last change.',
    }),
    idle: window.default('1h').meta({
      description: 'How long after its last change a cart may be bought without being abandoned.',
    }),
    breakdown: breakdownField,
    limit: limitField.optional().meta({
      description: 'Rows beyond it are summed in `other`. Default 25.',
    }),
    format: formatField,
  })
  .superRefine((query, context) => {
    if (query.limit === undefined || query.breakdown !== undefined) return
    context.addIssue({ code: 'custom', path: ['limit'], message: 'needs `breakdown`' })
  })

export type CartsQuery = z.output<typeof cartsQuery>
