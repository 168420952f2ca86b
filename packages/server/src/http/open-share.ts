import type { FastifyRequest } from 'fastify'
import type { Backend } from '../backend.ts'
import { ProblemError } from '../problems.ts'
import { isSigned, plainPath, readToken } from '../sites/share-link.ts'
import { findShare } from '../sites/shares.ts'

const queryOf = ({ query }: FastifyRequest): object =>
  typeof query === 'object' && query !== null ? query : {}

/** The token of a share link, if the address has one. */
export function shareTokenOf(request: FastifyRequest): string | undefined {
  const query = queryOf(request)
  return 'share' in query ? String(query.share) : undefined
}

/**
 * Whose question a share link asks. It opens the address that was shared, by GET or HEAD, and nothing else;
 * the question then is asked as if it had no token.
 */
export async function openShare(
  { db, now, secret }: Pick<Backend, 'db' | 'now' | 'secret'>,
  request: FastifyRequest,
  token: string,
): Promise<{ site_id: number }> {
  const claim = readToken(token)
  const share = claim && (await findShare(db.reports, claim.share_id))
  if (!claim || !share || !isSigned(secret, share, claim.signature))
    throw new ProblemError('share_unknown', 'This share link is not one of this server.')
  if (share.revoked_at)
    throw new ProblemError('share_revoked', 'This share link was taken back; ask for a new one.')
  if (share.expires_at.getTime() <= now()) {
    const when = share.expires_at.toISOString()
    throw new ProblemError('share_expired', `This share link ended at ${when}; ask for a new one.`)
  }
  // Spreadsheets ask for the head first.
  if (!['GET', 'HEAD'].includes(request.method) || plainPath(request.url) !== share.path) {
    throw new ProblemError('share_not_allowed', 'This share link opens one question, not this one.')
  }
  const query = queryOf(request)
  if ('share' in query) delete query.share
  return { site_id: share.site_id }
}
