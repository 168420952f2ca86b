import { instant, schemaAnswer, siteParameter } from '@weir/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { untilGone } from '../http/until-gone.ts'
import { resolveRange } from '../reports/resolve-range.ts'
import { makeTurns } from '../scan/turns.ts'
import { answerSchema } from '../usage/answer-schema.ts'

const USUAL_MS = 30 * 86_400_000

/** Says what a site sends. Callers hold a read key. */
export const schemaRoutes: FastifyPluginAsyncZod = async (app) => {
  const { backend } = app
  // Each reads much: one after the other.
  const turns = makeTurns()
  app.addHook('onRequest', app.requireReadKey)

  app.get(
    '/v1/schema',
    {
      schema: {
        summary: 'What there is to ask about',
        description:
          'Event names with counts, when each standard stage last fired, properties with their most common values; of the last 30 days unless the range says otherwise, and with every event that was acknowledged before.',
        tags: ['Ask'],
        querystring: z.strictObject({
          from: instant.optional(),
          to: instant.optional(),
          site: siteParameter,
        }),
        response: { 200: schemaAnswer },
      },
    },
    async ({ query, site }, reply) => {
      const signal = untilGone(reply)
      const to = query.to ?? backend.now() + 1
      const { to: end } = resolveRange({ from: 0, to }, site.time_zone)
      const range = resolveRange({ from: query.from ?? end - USUAL_MS, to }, site.time_zone)
      return turns.take(`${site.id}`, () => answerSchema(backend, site, range, signal), signal)
    },
  )
}
