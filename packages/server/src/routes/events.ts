import cors from '@fastify/cors'
import {
  type Envelope,
  envelope,
  instantMs,
  MAX_BODY_BYTES,
  MAX_EVENTS,
  receipt,
  siteParameter,
} from '@weir/contract'
import type { FastifyError, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { bearerOf } from '../http/access.ts'
import { refuseCompressed } from '../http/refuse-compressed.ts'
import { SENDERS_KEY } from '../http/security.ts'
import { ingest } from '../ingest/ingest.ts'
import { openVocabulary } from '../ingest/vocabulary.ts'
import { answerProblem, databaseAway, isDatabaseAway, ProblemError } from '../problems.ts'
import { KEY_UNKNOWN } from '../sites/key-words.ts'
import { cachedSenders } from '../sites/senders.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** How long the body was, as characters of JSON. */
    body_bytes: number
  }
}

const HEADERS = {
  // What helmet says elsewhere, where it says something of answers that are data.
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'cross-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** Takes events from pages (write key) and servers (secret or admin key). */
export const eventRoutes: FastifyPluginAsyncZod = async (app) => {
  const { db, queue, quarantine, rateLimit, metrics, now } = app.backend
  const findSender = cachedSenders(db.intake, { now, rateLimit })
  const intake = { queue, quarantine, vocabulary: openVocabulary(db.intake) }

  app.setErrorHandler<FastifyError>((error, request, reply) =>
    answerProblem(asTold(error), request, reply),
  )

  // Any page may send, and may read what became of it.
  await app.register(cors, { origin: '*', preflight: false, exposedHeaders: ['retry-after'] })
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(HEADERS)
    refuseCompressed(request)
    done()
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
        security: SENDERS_KEY,
        querystring: z.looseObject({ site: siteParameter }),
        body: envelope,
        response: { 202: receipt },
      },
    },
    async (request, reply) => {
      const { body } = request
      // Before the key is looked up: that waits for the database, with the body in memory.
      queue.checkRoom()
      if (body.events.length > MAX_EVENTS) {
        const detail = `${body.events.length} events; the most in one request is ${MAX_EVENTS}.`
        throw new ProblemError('too_many_events', detail)
      }
      const sender = await findSender(bearerOf(request) ?? body.key, request)
      checkOrigin(request, sender)
      if (!sender.by_server) rateLimit.check(String(sender.key_id), request.ip)
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
      metrics.countReceipt(answer)
      return reply.code(202).send(answer)
    },
  )
}

const sharedBy = ({ visitor_id, stream, context }: Envelope) => ({
  visitor_id,
  stream,
  context: context ?? {},
})

/** What a sender is told of an error of the database: to come back, and not to ask for fewer days. */
function asTold(error: FastifyError): FastifyError | ProblemError {
  // The site was erased since its key was looked up.
  if (error.code === '23503') return new ProblemError('key_unknown', KEY_UNKNOWN)
  return isDatabaseAway(error) ? databaseAway() : error
}

/** Spam control, not security: who forges requests forges this too. */
function checkOrigin(
  request: FastifyRequest,
  sender: { by_server: boolean; origins: string[] | null },
): void {
  const { origin } = request.headers
  if (sender.by_server || sender.origins === null || !origin || sender.origins.includes(origin))
    return
  throw new ProblemError(
    'origin_not_allowed',
    `${origin} is not on the site's list of origins; PATCH /v1/sites/{id} changes it.`,
  )
}
