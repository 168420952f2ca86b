import { erased, siteQuery, visitorId } from '@weir/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { SECRET_KEY } from '../http/security.ts'
import { forgetVisitor } from '../ingest/forget-visitor.ts'

/** Erases visitors. Callers hold a secret key. */
export const visitorRoutes: FastifyPluginAsyncZod = async (app) => {
  const { db, quarantine } = app.backend
  app.addHook('onRequest', app.requireSecretKey)

  app.delete(
    '/v1/visitors/:visitor_id',
    {
      schema: {
        summary: 'Erase a visitor everywhere, for good',
        description:
          'Events, orders, timelines, and what was refused. What this visitor sends later is rejected with `visitor_erased`.',
        tags: ['Send'],
        security: SECRET_KEY,
        params: z.object({ visitor_id: visitorId }),
        querystring: siteQuery,
        response: { 200: erased },
      },
    },
    async ({ params, site }) => {
      await quarantine.flush()
      return { erased_events: await forgetVisitor(db, site.id, params.visitor_id) }
    },
  )
}
