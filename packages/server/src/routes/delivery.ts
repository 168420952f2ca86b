import { deliveryAnswer, instant, siteParameter } from '@weir/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { findDelivery } from '../ingest/find-delivery.ts'
import { resolveRange } from '../reports/resolve-range.ts'

const UNSEEN = 'What a page lost after the last event that arrived from it cannot be seen.'

/** Says how much of what pages sent has arrived. Callers hold a read key. */
export const deliveryRoutes: FastifyPluginAsyncZod = async (app) => {
  app.addHook('onRequest', app.requireReadKey)

  app.get(
    '/v1/delivery',
    {
      schema: {
        summary: 'How much of what pages sent has arrived',
        description: UNSEEN,
        tags: ['Operate'],
        querystring: z.strictObject({
          site: siteParameter,
          from: instant,
          to: instant,
        }),
        response: { 200: deliveryAnswer },
      },
    },
    async ({ query, site }) => {
      // What was refused a moment ago has been answered for too.
      await app.backend.quarantine.flush()
      const range = resolveRange(query, site.time_zone)
      const delivery = await findDelivery(app.backend.db.reports, site.id, range)
      const { expected, missing } = delivery
      return {
        from: new Date(range.from).toISOString(),
        to: new Date(range.to).toISOString(),
        ...delivery,
        delivered: expected === 0 ? null : (expected - missing) / expected,
        note: UNSEEN,
      }
    },
  )
}
