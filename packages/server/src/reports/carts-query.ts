import { window } from '@weir/contract'
import { z } from 'zod'
import { questionFields } from './rates-query.ts'

const { from, to, filter, bots, cookieless, site } = questionFields

/** The query of `GET /v1/carts`. */
export const cartsQuery = z
  .strictObject({
    ...{ from, to, filter, bots, cookieless, site },
    idle: window.default('1h'),
    breakdown: z.string().min(1).max(200).optional(),
    limit: z.coerce.number().int().min(1).max(1_000).optional(),
    format: z.enum(['json', 'csv']).optional(),
  })
  .superRefine((query, context) => {
    if (query.limit === undefined || query.breakdown !== undefined) return
    context.addIssue({ code: 'custom', path: ['limit'], message: 'needs `breakdown`' })
  })

export type CartsQuery = z.output<typeof cartsQuery>
