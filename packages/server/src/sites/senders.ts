import type { Kysely } from 'kysely'
import type { Database } from '../db/tables.ts'
import { ProblemError } from '../problems.ts'
import { aKey, KEY_REVOKED, KEY_UNKNOWN } from './key-words.ts'
import { findKey } from './keys.ts'
import { findSite } from './sites.ts'

/** Whom a write or secret key sends for. */
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

/**
 * Looks senders up by key, remembering the answer for a few seconds, a refusal too: every request asks.
 * Who asks while the answer is on its way waits for the same one.
 */
export function cachedSenders(db: Kysely<Database>, now: () => number) {
  const known = new Map<string, { sender: Promise<SenderSite>; until: number }>()

  return async (key: string | undefined): Promise<SenderSite> => {
    if (!key)
      throw new ProblemError(
        'key_missing',
        'Send a key as `Authorization: Bearer …`, or as `key` in the body.',
      )
    const cached = known.get(key)
    if (cached && cached.until > now()) return cached.sender
    // The oldest goes; a key in use is back at its next request.
    if (known.size >= MOST_REMEMBERED) known.delete(known.keys().next().value ?? '')
    const sender = getSender(db, key)
    const entry = { sender, until: now() + REMEMBERED_MS }
    known.delete(key)
    known.set(key, entry)
    sender.catch((error: unknown) => {
      // That the database is away says nothing of the key.
      if (!(error instanceof ProblemError) && known.get(key) === entry) known.delete(key)
    })
    return sender
  }
}

async function getSender(db: Kysely<Database>, text: string): Promise<SenderSite> {
  const key = await findKey(db, text)
  if (!key) throw new ProblemError('key_unknown', KEY_UNKNOWN)
  if (key.revoked_at) throw new ProblemError('key_revoked', KEY_REVOKED)
  const sends = key.kind === 'write' || key.kind === 'secret'
  const site = sends && key.site_id !== null ? await findSite(db, key.site_id) : undefined
  if (!site) {
    const detail = `This is ${aKey(key.kind)}; this address takes a write key or a secret key.`
    throw new ProblemError('key_not_allowed', detail)
  }
  return {
    key_id: key.key_id,
    site_id: site.id,
    by_server: key.kind === 'secret',
    origins: site.origins,
    time_zone: site.time_zone,
  }
}
