import { cartsAnswer } from '@weir/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { sendTable, tableOf } from '../http/send-table.ts'
import { NOT_CHANGED, sendUnlessKnown } from '../http/send-unless-known.ts'
import { untilGone } from '../http/until-gone.ts'
import { answerCarts, cartsRead, cartsWarnings } from '../reports/answer-carts.ts'
import { findVersionOf } from '../reports/answer-version.ts'
import { cartsCsv } from '../reports/carts-csv.ts'
import { cartsQuery } from '../reports/carts-query.ts'

/** Says what became of carts. Callers hold a read key. */
export const cartRoutes: FastifyPluginAsyncZod = async (app) => {
  app.addHook('onRequest', app.requireReadKey)

  app.get(
    '/v1/carts',
    {
      schema: {
        summary: 'Measure abandoned carts',
        description:
          'Carts that were last changed in the range: bought within `idle` after that, abandoned, recovered (bought later), or still open; and what was left in them, by currency.',
        tags: ['Ask'],
        querystring: cartsQuery,
        response: { 200: tableOf(cartsAnswer), 304: NOT_CHANGED },
      },
    },
    async ({ query, site }, reply) => {
      const signal = untilGone(reply)
      return sendUnlessKnown(reply, {
        findVersion: async () => {
          const asked = [query, await cartsWarnings(app.backend, site, query)]
          return findVersionOf(app.backend, site, asked, cartsRead(query, site))
        },
        findAnswer: () => answerCarts(app.backend, site, query, signal),
        send: (answer) => sendTable(reply, answer, query.format, cartsCsv),
      })
    },
  )
}
