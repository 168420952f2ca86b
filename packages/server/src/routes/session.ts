import { sessionAnswer, siteQuery } from '@weir/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { NO_KEY } from '../http/security.ts'
import { endSession, startSession } from '../http/session.ts'

const MAX_BODY_BYTES = 4 * 1024
const DONE = z.undefined().meta({ description: 'Done.' })

/** Signs a person in to the dashboard with a read key. */
export const sessionRoutes: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/v1/session',
    {
      bodyLimit: MAX_BODY_BYTES,
      schema: {
        summary: 'Sign in',
        tags: ['Session'],
        security: NO_KEY,
        response: { 204: DONE },
        body: z.strictObject({ key: z.string().min(1).max(200) }),
      },
    },
    async ({ body }, reply) => {
      const key = await app.liveKey(body.key.trim(), 'read')
      startSession(reply, key, app.backend.now())
      return reply.code(204).send()
    },
  )

  app.delete(
    '/v1/session',
    {
      schema: {
        summary: 'Sign out',
        tags: ['Session'],
        security: NO_KEY,
        response: { 204: DONE },
      },
    },
    async (_, reply) => {
      endSession(reply)
      return reply.code(204).send()
    },
  )

  app.get(
    '/v1/session',
    {
      onRequest: app.requireReadKey,
      schema: {
        summary: 'Who is signed in',
        tags: ['Session'],
        querystring: siteQuery,
        response: { 200: sessionAnswer },
      },
    },
    async ({ site }) => ({ site: { id: site.id, name: site.name, time_zone: site.time_zone } }),
  )
}
