import { productsAnswer } from '@weir/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { sendTable, tableOf } from '../http/send-table.ts'
import { NOT_CHANGED, sendUnlessKnown } from '../http/send-unless-known.ts'
import { untilGone } from '../http/until-gone.ts'
import { answerProducts, productsRead, productsWarnings } from '../reports/answer-products.ts'
import { findVersionOf } from '../reports/answer-version.ts'
import { productsCsv } from '../reports/products-csv.ts'
import { productsQuery } from '../reports/products-query.ts'

/** Says what became of products. Callers hold a read key. */
export const productRoutes: FastifyPluginAsyncZod = async (app) => {
  app.addHook('onRequest', app.requireReadKey)

  app.get(
    '/v1/products',
    {
      schema: {
        summary: 'Measure products',
        description:
          'Per product who saw it, put it into the cart, and bought it, the rates between them, units and revenue. `by` tells products apart by another property, such as `category`, also where items have it.',
        tags: ['Ask'],
        querystring: productsQuery,
        response: { 200: tableOf(productsAnswer), 304: NOT_CHANGED },
      },
    },
    async ({ query, site }, reply) => {
      const signal = untilGone(reply)
      return sendUnlessKnown(reply, {
        findVersion: async () => {
          const asked = [query, await productsWarnings(app.backend, site, query)]
          return findVersionOf(app.backend, site, asked, productsRead(query, site))
        },
        findAnswer: () => answerProducts(app.backend, site, query, signal),
        send: (answer) => sendTable(reply, answer, query.format, productsCsv),
      })
    },
  )
}
