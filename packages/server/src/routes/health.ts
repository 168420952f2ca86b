import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { checkReachable } from '../db/check-reachable.ts'
import { ADMIN_KEY, NO_KEY } from '../http/security.ts'
import { ProblemError } from '../problems.ts'

const HEALTHY = z.strictObject({ status: z.literal('ok') })
const METRICS = {
  description: 'The text format of Prometheus.',
  content: { 'text/plain': { schema: z.string() } },
}

/** For whoever watches the process. */
export const healthRoutes: FastifyPluginAsyncZod = async (app) => {
  const { db, metrics, stopping } = app.backend

  app.get(
    '/healthz',
    {
      schema: {
        summary: 'The process lives',
        tags: ['Operate'],
        security: NO_KEY,
        response: { 200: HEALTHY },
      },
    },
    async () => ({
      status: 'ok' as const,
    }),
  )

  app.get(
    '/readyz',
    {
      schema: {
        summary: 'Events can be stored',
        tags: ['Operate'],
        security: NO_KEY,
        response: { 200: HEALTHY },
      },
    },
    async () => {
      if (stopping()) throw new ProblemError('unavailable', 'This server is shutting down.')
      await checkReachable(db.reports)
      return { status: 'ok' as const }
    },
  )

  app.get(
    '/metrics',
    {
      // How much a shop sells is nobody's business.
      onRequest: app.requireAdminKey,
      schema: {
        summary: 'Numbers for Prometheus',
        tags: ['Operate'],
        security: ADMIN_KEY,
        response: { 200: METRICS },
      },
    },
    async (_, reply) =>
      reply
        .type('text/plain; version=0.0.4; charset=utf-8')
        .serializer(String)
        .send(await metrics.text()),
  )
}
