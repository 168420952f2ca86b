import cors from '@fastify/cors'
import { type Envelope, envelope, instantMs, MAX_BODY_BYTES, receipt } from '@weir/contract'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { bearerOf } from '../access.ts'
import { ingest } from '../ingest/ingest.ts'
import { openVocabulary } from '../ingest/vocabulary.ts'
import { ProblemError } from '../problems.ts'
import { cachedSenders } from '../sites/senders.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** How long the body was, as characters of JSON. */
    body_bytes: number
  }
}

/** Takes events from pages (write key) and servers (secret key). */
export const eventRoutes: FastifyPluginAsyncZod = async (app) => {
  const { db, queue, now } = app.services
  const findSender = cachedSenders(db.reports, now)
  const intake = { queue, vocabulary: openVocabulary(db.reports) }

  await app.register(cors, {
    origin: '*',
    preflight: false,
    exposedHeaders: ['retry-after'],
  })

  app.addHook('onRequest', async (_, reply) => {
    reply.header('cross-origin-resource-policy', 'cross-origin')
  })

  // Only this address says yes to other origins; reports say nothing.
  app.options('/v1/events', { schema: { hide: true } }, async (_, reply) =>
    reply
      .headers({
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'authorization, content-type',
        'access-control-max-age': '86400',
      })
      .code(204)
      .send(),
  )

  // A browser sends text/plain without asking first; it goes through the same guarded parser as JSON.
  app.decorateRequest('body_bytes', 0)
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser<string>(
    ['text/plain', 'application/json'],
    { parseAs: 'string', bodyLimit: MAX_BODY_BYTES },
    (request, body, done) => {
      request.body_bytes = body.length
      parse(request, body, done)
    },
  )

  app.post(
    '/v1/events',
    {
      bodyLimit: MAX_BODY_BYTES,
      schema: {
        summary: 'Send events',
        description: 'Answers after the commit. The same body may be sent again at any time.',
        tags: ['Send'],
        body: envelope,
        response: { 202: receipt },
      },
    },
    async (request, reply) => {
      const { body } = request
      const sender = await findSender(bearerOf(request) ?? body.key)
      checkOrigin(request, sender)
      const answer = await ingest(
        intake,
        body,
        {
          site_id: sender.site_id,
          by_server: sender.by_server,
          time_zone: sender.time_zone,
          clocks: { received: now(), sent: instantMs(body.sent_at) },
          ...sharedBy(body),
          user_agent: request.headers['user-agent'] ?? '',
          seen: new Map(),
        },
        request.body_bytes,
      )
      return reply.code(202).send(answer)
    },
  )
}

const sharedBy = ({ visitor_id, stream, context }: Envelope) => ({
  visitor_id,
  stream,
  context: context ?? {},
})

/** Spam control, not security: who forges requests forges this too. */
function checkOrigin(
  request: FastifyRequest,
  sender: { by_server: boolean; origins: string[] | null },
): void {
  const { origin } = request.headers
  if (sender.by_server || sender.origins === null || !origin || sender.origins.includes(origin))
    return
  throw new ProblemError('origin_not_allowed', `${origin} is not on the site's list of origins.`)
}
