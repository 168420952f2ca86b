import { KEY_PREFIXES } from '@weir/contract'
import type { FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import type { Database } from '../db/tables.ts'
import type { RateLimit } from '../ingest/rate-limit.ts'
import { ProblemError } from '../problems.ts'
import { aKey, KEY_REVOKED, KEY_UNKNOWN } from './key-words.ts'
import { findKey } from './keys.ts'
import { siteNamed, siteOf } from './site-of.ts'
import { findSite } from './sites.ts'
import { unknownSite } from './unknown-site.ts'

/** Whom a key sends for. */
export interface SenderSite {
  key_id: number
  site_id: number
  by_server: boolean
  origins: string[] | null
  time_zone: string
}

// A revoked key still sends for this long on a server that just saw it.
const REMEMBERED_MS = 5_000
const MOST_REMEMBERED = 10_000
/** No key of ours is nearly as long; what is remembered must not be as long as a header. */
const MOST_CHARACTERS = 200
/** A site’s number has fewer. */
const MOST_DIGITS = 10

/** What of a request decides whom it sends for, beside its key. */
type Asking = Pick<FastifyRequest, 'query' | 'ip'>

/**
 * Looks senders up by key, remembering the answer for a few seconds, a refusal too: every request asks.
 * Who asks while the answer is on its way waits for the same one. One address may look up so many: these are
 * the connections that events are written by.
 */
export function cachedSenders(
  db: Kysely<Database>,
  { now, rateLimit }: { now: () => number; rateLimit: RateLimit },
) {
  const known = new Map<string, { sender: Promise<SenderSite>; until: number }>()

  return async (key: string | undefined, asking: Asking): Promise<SenderSite> => {
    if (!key)
      throw new ProblemError(
        'key_missing',
        'Send a key as `Authorization: Bearer …`, or as `key` in the body.',
      )
    if (key.length > MOST_CHARACTERS) throw new ProblemError('key_unknown', KEY_UNKNOWN)
    const sender = await remembered(key, asking)
    siteOf(sender, asking.query)
    return sender
  }

  function remembered(key: string, { query, ip }: Asking): Promise<SenderSite> {
    // Only an admin key's answer depends on what the query says.
    const isAdmin = key.startsWith(KEY_PREFIXES.admin)
    const asked = isAdmin ? `${key} ${siteNamed(query)?.slice(0, MOST_DIGITS)}` : key
    const cached = known.get(asked)
    if (cached && cached.until > now()) return cached.sender
    rateLimit.check('any key', ip)
    // The oldest goes; a key in use is back at its next request.
    if (known.size >= MOST_REMEMBERED) known.delete(known.keys().next().value ?? '')
    const sender = getSender(db, key, query)
    const entry = { sender, until: now() + REMEMBERED_MS }
    known.delete(asked)
    known.set(asked, entry)
    sender.catch((error: unknown) => {
      // That the database is away says nothing of the key.
      if (!(error instanceof ProblemError) && known.get(asked) === entry) known.delete(asked)
    })
    return sender
  }
}

async function getSender(db: Kysely<Database>, text: string, query: unknown): Promise<SenderSite> {
  const key = await findKey(db, text)
  if (!key) throw new ProblemError('key_unknown', KEY_UNKNOWN)
  if (key.revoked_at) throw new ProblemError('key_revoked', KEY_REVOKED)
  if (key.kind === 'read') {
    const detail = `This is ${aKey(key.kind)}; this address takes a write key or a secret key.`
    throw new ProblemError('key_not_allowed', detail)
  }
  // Nothing that the query says may be remembered of a key that is in every page.
  const id = key.site_id ?? siteOf(key, query)
  const site = await findSite(db, id)
  if (!site) throw unknownSite(id)
  return {
    key_id: key.key_id,
    site_id: site.id,
    by_server: key.kind !== 'write',
    origins: site.origins,
    time_zone: site.time_zone,
  }
}
