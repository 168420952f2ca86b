import { z } from 'zod'

/** A site is what is measured: it owns keys, events and funnels. */
export interface Site {
  id: number
  name: string
  /** IANA, like `Europe/Berlin`: where its days begin. */
  time_zone: string
  /** Pages that may send with the write key; null for any. */
  origins: string[] | null
}

/** `write`: public, may only send. `secret`: server-side, sends anything. `read`: may only ask. `admin`: everything. */
export type KeyKind = 'write' | 'secret' | 'read' | 'admin'

export const KEY_PREFIXES = { write: 'wk_', secret: 'sk_', read: 'rk_', admin: 'ak_' } as const

/** `POST /v1/sites`. */
export interface SiteBody {
  name: string
  /** UTC without one. */
  time_zone?: string | undefined
  /** Any without a list. */
  origins?: string[] | null | undefined
}

/** `PATCH /v1/sites/{id}`: what is left out stays. */
export type SiteChanges = { [Field in keyof SiteBody]?: SiteBody[Field] | undefined }

/** A site as it is made: the only time that its keys are shown. */
export interface MadeSite {
  site: Site
  keys: Record<MadeKey['kind'], string>
}

/** `POST /v1/sites/{id}/keys`: the only time that the key is shown. */
export interface MadeKey {
  id: number
  kind: Exclude<KeyKind, 'admin'>
  key: string
}

/** A key as it is listed: its prefix and last four characters, never the key. */
export interface ListedKey {
  id: number
  kind: KeyKind
  hint: string
  created_at: string
  revoked_at: string | null
}

export const site: z.ZodType<Site> = z
  .strictObject({
    id: z.int(),
    name: z.string(),
    time_zone: z.string(),
    origins: z.array(z.string()).nullable(),
  })
  .meta({ id: 'Site', description: 'What is measured: it owns keys, events and funnels.' })

const time = z.iso.datetime({ precision: 3 })

const listedKey: z.ZodType<ListedKey> = z
  .strictObject({
    id: z.int(),
    kind: z.enum(['write', 'secret', 'read', 'admin']),
    hint: z.string(),
    created_at: time,
    revoked_at: time.nullable(),
  })
  .meta({ id: 'ListedKey', description: 'A key: its prefix and last four characters only.' })

export const siteList = z.strictObject({ sites: z.array(site) })

export const siteAnswer = z.strictObject({ site })

/** What `DELETE` of a site or a visitor answers. */
export const erased = z.strictObject({ erased_events: z.int() })

export const siteAndKeys = z.strictObject({ site, keys: z.array(listedKey) })

/** What `POST /v1/sites` answers. */
export const newSite: z.ZodType<MadeSite> = z.strictObject({
  site,
  keys: z.strictObject({ write: z.string(), secret: z.string(), read: z.string() }),
})

/** What `POST /v1/sites/{id}/keys` answers. */
export const newKey: z.ZodType<MadeKey> = z.strictObject({
  id: z.int(),
  kind: z.enum(['write', 'secret', 'read']),
  key: z.string(),
})

/** `GET /v1/session`: the site that the caller may ask about. */
export const sessionAnswer = z.strictObject({
  site: z.strictObject({ id: z.int(), name: z.string(), time_zone: z.string() }),
})

/** The parameter by which an admin key says whom it speaks for. */
export const siteParameter = z
  .string()
  .optional()
  .meta({ description: 'Which site. An admin key must name one; any other key has its own.' })

/** The query of a route that takes nothing else there. */
export const siteQuery = z.strictObject({ site: siteParameter })
