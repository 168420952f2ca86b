import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { checkReachable } from '../db/check-reachable.ts'
import { ProblemError } from '../problems.ts'

/** For whoever watches the process. */
export const healthRoutes: FastifyPluginAsyncZod = async (app) => {
  const { db, queue } = app.services

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
}
