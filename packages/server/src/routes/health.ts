import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { checkReachable } from '../db/check-reachable.ts'
import { ProblemError } from '../problems.ts'

/** For whoever watches the process. */
export const healthRoutes: FastifyPluginAsyncZod = async (app) => {
  const { db, queue, metrics } = app.services

  app.get(
    '/healthz',
    { schema: { summary: 'The process lives', tags: ['Operate'] } },
    async () => ({
      status: 'ok',
    }),
  )

  app.get(
    '/readyz',
    { schema: { summary: 'Events can be stored', tags: ['Operate'] } },
    async () => {
      if (queue.draining()) throw new ProblemError('unavailable', 'This server is shutting down.')
      await checkReachable(db.reports)
      return { status: 'ok' }
    },
  )

  app.get(
    '/metrics',
    {
      // How much a shop sells is nobody's business.
      onRequest: app.requireAdminKey,
      schema: { summary: 'Numbers for Prometheus; takes an admin key', tags: ['Operate'] },
    },
    async (_, reply) =>
      reply
        .type('text/plain; version=0.0.4; charset=utf-8')
        .serializer(String)
        .send(await metrics.text()),
  )
}
