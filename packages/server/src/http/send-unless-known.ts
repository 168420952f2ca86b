import { createHash } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'

/** The schema of a 304. */
export const NOT_CHANGED = z.undefined().meta({
  description: 'The answer with this `ETag` still holds.',
})

/** An answer, and what it depends on as one text; null where that is not known. */
interface Versioned<Answer> {
  findVersion(): Promise<string | null>
  findAnswer(): Promise<Answer>
  send(answer: Answer): FastifyReply
}

/**
 * Sends an answer with an `ETag`, or 304 to whoever has it already. Never a stale one: the version is
 * looked up before the answer and again behind it, and told only if nothing changed in between. The tag
 * is a weak one: `as_of` may be earlier.
 */
export async function sendUnlessKnown<Answer>(
  reply: FastifyReply,
  { findVersion, findAnswer, send }: Versioned<Answer>,
): Promise<FastifyReply> {
  const version = await findVersion()
  if (version === null) return send(await findAnswer())
  const tag = tagOf(version, reply)
  // Whoever keeps it asks each time whether it still holds; proxies keep nothing.
  const headers = { etag: tag, vary: 'accept', 'cache-control': 'private, no-cache' }
  if (knows(reply.request.headers['if-none-match'], tag))
    return reply.headers(headers).code(304).send()
  const answer = await findAnswer()
  if ((await findVersion()) === version) reply.headers(headers)
  return send(answer)
}

/** The same data make another answer of another address, and another text of another type. */
function tagOf(version: string, { request: { url, headers } }: FastifyReply): string {
  const text = JSON.stringify([version, url, headers.accept])
  return `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
}

const knows = (ifNoneMatch: string | undefined, tag: string): boolean =>
  (ifNoneMatch ?? '').split(',').some((known) => ['*', tag].includes(known.trim()))
