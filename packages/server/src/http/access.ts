import type { KeyKind, Site } from '@weir/contract'
import type { FastifyRequest, onRequestHookHandler } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { ProblemError } from '../problems.ts'
import { aKey, KEY_REVOKED, KEY_UNKNOWN } from '../sites/key-words.ts'
import { findKey, findKeyById, type Key } from '../sites/keys.ts'
import { siteOf } from '../sites/site-of.ts'
import { findSite } from '../sites/sites.ts'
import { unknownSite } from '../sites/unknown-site.ts'
import { openShare, shareTokenOf } from './open-share.ts'
import { readSession } from './session.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** A read key, the dashboard's cookie, an admin key with `?site=`, or a share link; sets `request.site`. */
    requireReadKey: onRequestHookHandler
    /** A secret key, or an admin key with `?site=`; sets `request.site`. */
    requireSecretKey: onRequestHookHandler
    requireAdminKey: onRequestHookHandler
    /** Throws for a key that is missing, unknown, revoked, or of another kind. */
    liveKey(key: string | undefined, ...kinds: KeyKind[]): Promise<Key>
  }
  interface FastifyRequest {
    /** The site that the caller's key speaks for; there behind requireReadKey and requireSecretKey. */
    site: Site
    /** The number of that key; 0 behind a share link. */
    key_id: number
  }
}

/** Who may do what: hooks that a route's own plugin adds. */
export const access = fastifyPlugin(async (app) => {
  app.decorateRequest('site')
  app.decorateRequest('key_id', 0)

  app.decorate('liveKey', async (key, ...kinds) => {
    if (!key) throw new ProblemError('key_missing', 'Send a key as `Authorization: Bearer …`.')
    return checked(await findKey(app.backend.db.reports, key), kinds)
  })

  app.decorate('requireReadKey', async (request) => {
    const token = shareTokenOf(request)
    if (token !== undefined) {
      request.site = await getSite(await openShare(app.backend, request, token), request)
      return
    }
    const session = readSession(request, app.backend.now())
    const bearer = bearerOf(request)
    const key =
      bearer === undefined && session !== null
        ? checked(await findKeyById(app.backend.db.reports, session.key_id), ['read'])
        : await app.liveKey(bearer, 'read', 'admin')
    request.key_id = key.key_id
    request.site = await getSite(key, request)
  })

  app.decorate('requireSecretKey', async (request) => {
    const key = await app.liveKey(bearerOf(request), 'secret', 'admin')
    request.site = await getSite(key, request)
  })

  async function getSite(key: Pick<Key, 'site_id'>, request: FastifyRequest): Promise<Site> {
    const id = siteOf(key, request.query)
    const site = await findSite(app.backend.db.reports, id)
    if (!site) throw unknownSite(id)
    return site
  }

  app.decorate('requireAdminKey', async (request) => {
    await app.liveKey(bearerOf(request), 'admin')
  })
})

export function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
}

function checked(key: Key | undefined, kinds: readonly KeyKind[]): Key {
  if (!key) throw new ProblemError('key_unknown', KEY_UNKNOWN)
  if (key.revoked_at) throw new ProblemError('key_revoked', KEY_REVOKED)
  if (!kinds.includes(key.kind)) {
    const wanted = kinds.map(aKey).join(' or ')
    throw new ProblemError(
      'key_not_allowed',
      `This is ${aKey(key.kind)}; this address takes ${wanted}.`,
    )
  }
  return key
}
