import { instant, siteParameter, visitorEventsAnswer, visitorId } from '@weir/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { sendTable, tableOf } from '../http/send-table.ts'
import { answerVisitorEvents, visitorEventsCsv } from '../reports/answer-visitor-events.ts'
import { formatField } from '../reports/rates-query.ts'

/** Shows what one visitor did. Callers hold a read key. */
export const visitorEventRoutes: FastifyPluginAsyncZod = async (app) => {
  app.addHook('onRequest', app.requireReadKey)

  app.get(
    '/v1/visitors/:visitor_id/events',
    {
      schema: {
        summary: 'List the events of one visitor',
        description:
          'All of them, or those from `from` up to, not including, `to`; in pages. As CSV the next page’s cursor is in the header `next-cursor`.',
        tags: ['Ask'],
        params: z.object({ visitor_id: visitorId }),
        querystring: z.strictObject({
          from: instant.optional(),
          to: instant.optional(),
          order: z.enum(['newest', 'oldest']).default('newest'),
          limit: z.coerce.number().int().min(1).max(10_000).default(100),
          cursor: z.string().max(2_000).optional().meta({
            description: '`next` of the page before, with the same question.',
          }),
          format: formatField,
          site: siteParameter,
        }),
        response: { 200: tableOf(visitorEventsAnswer) },
      },
    },
    async ({ params, query, site }, reply) => {
      const answer = await answerVisitorEvents(app.backend, site, params.visitor_id, query)
      if (answer.next !== null) reply.header('next-cursor', answer.next)
      return sendTable(reply, answer, query.format, visitorEventsCsv)
    },
  )
}
