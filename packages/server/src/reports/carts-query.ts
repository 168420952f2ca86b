import { durationMs, window } from '@weir/contract'
import { z } from 'zod'
import { breakdownField, formatField, limitField, questionFields } from './rates-query.ts'

const { from, to, filter, bots, cookieless, site } = questionFields

/** How long a cart lives without a change. */
export const CART_LIFE = '30d'

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
    const say = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if (query.limit !== undefined && query.breakdown === undefined)
      say('limit', 'needs `breakdown`')
    if ((durationMs(query.idle) ?? 0) > (durationMs(CART_LIFE) ?? 0))
      say('idle', `a cart lives ${CART_LIFE} without a change; ask for less`)
  })

export type CartsQuery = z.output<typeof cartsQuery>
