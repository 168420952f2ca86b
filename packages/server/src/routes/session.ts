import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { endSession, startSession } from '../session.ts'

const MAX_BODY_BYTES = 4 * 1024

/** Signs a person in to the dashboard with a read key. */
export const sessionRoutes: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/v1/session',
    {
      bodyLimit: MAX_BODY_BYTES,
      schema: {
        summary: 'Sign in',
        tags: ['Session'],
        body: z.object({ key: z.string().max(200) }),
      },
    },
    async ({ body }, reply) => {
      const key = await app.liveKey(body.key.trim(), 'read')
      startSession(reply, key, app.services.now())
      return reply.code(204).send()
    },
  )

  app.delete(
    '/v1/session',
    { schema: { summary: 'Sign out', tags: ['Session'] } },
    async (_, reply) => {
      endSession(reply)
      return reply.code(204).send()
    },
  )

  app.get(
    '/v1/session',
    { onRequest: app.requireReadKey, schema: { summary: 'Who is signed in', tags: ['Session'] } },
    async ({ site }) => ({ site: { id: site.id, name: site.name, time_zone: site.time_zone } }),
  )
}
