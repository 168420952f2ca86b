import { cartsAnswer } from '@weir/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { answerCarts } from '../reports/answer-carts.ts'
import { cartsCsv } from '../reports/carts-csv.ts'
import { cartsQuery } from '../reports/carts-query.ts'
import { sendTable, tableOf } from './send-table.ts'
import { untilGone } from './until-gone.ts'

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
        response: { 200: tableOf(cartsAnswer) },
      },
    },
    async ({ query, site }, reply) => {
      const answer = await answerCarts(app.services, site, query, untilGone(reply))
      return sendTable(reply, answer, query.format, cartsCsv)
    },
  )
}
