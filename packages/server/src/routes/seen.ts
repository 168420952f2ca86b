import { seenAnswer, siteParameter } from '@weir/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { bearerOf } from '../http/access.ts'
import { SENDERS_KEY } from '../http/security.ts'
import { cachedSenders, type SenderSite } from '../sites/senders.ts'
import { openSeenStages } from '../usage/seen-stages.ts'

declare module 'fastify' {
  interface FastifyRequest {
    sender: SenderSite
  }
}

/** Says which stages a site has had, to the overlay on its pages. Callers hold a key that sends. */
export const seenRoutes: FastifyPluginAsyncZod = async (app) => {
  const { db, rateLimit, now } = app.backend
  const findSender = cachedSenders(db.intake, { now, rateLimit })
  const findSeen = openSeenStages(db.timelines, now)

  app.decorateRequest('sender')
  app.addHook('onRequest', async (request, reply) => {
    // Any page may ask, and may read why not.
    reply.header('access-control-allow-origin', '*')
    request.sender = await findSender(bearerOf(request) ?? keyIn(request.query), request)
    const { key_id, by_server } = request.sender
    if (!by_server) rateLimit.check(String(key_id), request.ip)
  })

  app.get(
    '/v1/seen',
    {
      schema: {
        summary: 'Which stages a site has had',
        description:
          'For the overlay of the tag: yes or no for each of the five stages, of the last 400 days or 10 million events, bots and cookieless ones left out. A no may be a minute old. The key may stand in the address.',
        tags: ['Send'],
        security: SENDERS_KEY,
        querystring: z.strictObject({ key: z.string().optional(), site: siteParameter }),
        response: { 200: seenAnswer },
      },
    },
    async ({ sender }) => findSeen(sender.site_id),
  )
}

const keyIn = (query: unknown): string | undefined =>
  z.object({ key: z.string() }).safeParse(query).data?.key
