import {
  durationMs,
  problem,
  type ShareAnswer,
  shareAnswer,
  shareBody,
  shareList,
  siteQuery,
} from '@weir/contract'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ProblemError, wrongFields } from '../problems.ts'
import { linkOf, plainPath } from '../sites/share-link.ts'
import { deleteShare, insertShare, listShares, revokeShare, type Share } from '../sites/shares.ts'
import { timeMs } from '../time-ms.ts'

const id = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1)

/** Shares questions as links. Callers hold a read key. */
export const shareRoutes: FastifyPluginAsyncZod = async (app) => {
  const { db, now, secret } = app.backend
  app.addHook('onRequest', app.requireReadKey)

  const answerOf = (request: FastifyRequest, share: Share): ShareAnswer => ({
    id: share.share_id,
    url: `${request.protocol}://${request.host}${linkOf(secret, share)}`,
    path: share.path,
    created_at: share.created_at.toISOString(),
    expires_at: share.expires_at.toISOString(),
    revoked_at: share.revoked_at?.toISOString() ?? null,
  })

  app.post(
    '/v1/shares',
    {
      schema: {
        summary: 'Share a question as a link',
        description:
          'For a spreadsheet that cannot send headers: whoever has the link may ask this one question, and nothing else, until it expires, is deleted, or the key that made it is revoked. Put `format=csv` into the path for a table.',
        tags: ['Share'],
        querystring: siteQuery,
        body: shareBody,
        response: { 201: shareAnswer },
      },
    },
    async (request, reply) => {
      const { site, key_id, body } = request
      const expires_at = expiryOf(body.expires, site.time_zone, now())
      const path = plainPath(body.path)
      const share = await insertShare(db.reports, { site_id: site.id, key_id, path, expires_at })
      const wrong = await problemOf(linkOf(secret, share))
      if (wrong) {
        await deleteShare(db.reports, share.share_id)
        throw wrong
      }
      return reply.code(201).send(answerOf(request, share))
    },
  )

  /** What is wrong with the question is said now, not to the spreadsheet. */
  async function problemOf(link: string): Promise<ProblemError | null> {
    const { statusCode, body } = await app.inject(link)
    if (statusCode < 400 || statusCode >= 500) return null
    const { code, detail, errors } = problem.parse(JSON.parse(body))
    const named = errors.map((error) => ({ ...error, path: `path.${error.path}` }))
    return new ProblemError(code, `The question cannot be asked. ${detail}`, { errors: named })
  }

  app.get(
    '/v1/shares',
    {
      schema: {
        summary: 'List the share links',
        tags: ['Share'],
        querystring: siteQuery,
        response: { 200: shareList },
      },
    },
    async (request) => {
      const shares = await listShares(db.reports, request.site.id)
      return { shares: shares.map((share) => answerOf(request, share)) }
    },
  )

  app.delete(
    '/v1/shares/:id',
    {
      schema: {
        summary: 'Take a share link back',
        tags: ['Share'],
        params: z.object({ id }),
        querystring: siteQuery,
        response: { 204: z.undefined().meta({ description: 'It opens nothing any more.' }) },
      },
    },
    async ({ params, site }, reply) => {
      if (await revokeShare(db.reports, site.id, params.id, now())) return reply.code(204).send()
      throw new ProblemError('not_found', `There is no share link ${params.id} that still works.`)
    },
  )
}

function expiryOf(text: string, timeZone: string, now: number): Date {
  const lasts = durationMs(text)
  const ms = lasts === null ? timeMs(text, timeZone) : now + lasts
  if (ms !== null && ms > now && ms < LATEST_MS) return new Date(ms)
  const message = 'must be after now, and before the year 9999'
  throw wrongFields([{ path: 'expires', code: 'invalid', message }])
}

const LATEST_MS = Date.UTC(9999, 0)
