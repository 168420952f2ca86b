import { name, quarantineAnswer, siteParameter } from '@weir/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { SECRET_KEY } from '../http/security.ts'
import { listQuarantined } from '../ingest/list-quarantined.ts'

/** Shows what was refused, and why. Callers hold a secret key. */
export const quarantineRoutes: FastifyPluginAsyncZod = async (app) => {
  const { db, quarantine } = app.backend
  app.addHook('onRequest', app.requireSecretKey)

  app.get(
    '/v1/quarantine',
    {
      schema: {
        summary: 'Look at refused events',
        description:
          'The newest first, of the last 10,000; `before` is the `id` of the last one seen. `event` is the event as it was sent, as JSON text, cut to 2,048 characters.',
        tags: ['Send'],
        security: SECRET_KEY,
        querystring: z.strictObject({
          site: siteParameter,
          code: name.optional(),
          before: z.coerce.number().int().min(1).optional(),
          limit: z.coerce.number().int().min(1).max(1_000).default(100),
        }),
        response: { 200: quarantineAnswer },
      },
    },
    async ({ query, site }) => {
      await quarantine.flush()
      const events = await listQuarantined(db.reports, site.id, query)
      return {
        quarantine: events.map((event) => ({
          ...event,
          received_at: event.received_at.toISOString(),
        })),
      }
    },
  )
}
