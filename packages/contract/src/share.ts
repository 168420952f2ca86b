import { z } from 'zod'
import { durationMs } from './duration.ts'
import { instantMs, isDate } from './instant.ts'

/** Questions that can be shared as links: tables for spreadsheets, without any single visitor in them. */
export const SHAREABLE_PATHS = [
  '/v1/rates',
  '/v1/carts',
  '/v1/products',
  '/v1/schema',
  '/v1/delivery',
] as const

/** `POST /v1/shares`. */
export interface ShareBody {
  /** A question's address from `/v1/` on, with its query. */
  path: string
  /** A date or time, or how long from now: `90d`. */
  expires: string
}

export const shareBody: z.ZodType<ShareBody> = z
  .strictObject({
    path: z
      .string()
      .max(4_000)
      .refine((path) => SHAREABLE_PATHS.some((own) => path === own || path.startsWith(`${own}?`)), {
        error: `must begin with one of ${SHAREABLE_PATHS.join(', ')}`,
      }),
    expires: z
      .string()
      .max(64)
      .refine((text) => durationMs(text) !== null || isDate(text) || instantMs(text) !== null, {
        error: 'must be a date, an ISO 8601 time with an offset, or how long from now, like 90d',
      }),
  })
  .meta({
    id: 'ShareBody',
    description: 'A question to share, and until when.',
    examples: [
      {
        path: '/v1/rates?funnel=storefront&from=2026-10-01&to=2026-11-01&format=csv',
        expires: '90d',
      },
    ],
  })

/** A link that opens one question, to whoever has it. */
export interface ShareAnswer {
  id: number
  url: string
  path: string
  created_at: string
  expires_at: string
  /** Null while it works, unless it has expired. */
  revoked_at: string | null
}

const time = z.iso.datetime({ precision: 3 })

export const shareAnswer: z.ZodType<ShareAnswer> = z
  .strictObject({
    id: z.int(),
    url: z.string(),
    path: z.string(),
    created_at: time,
    expires_at: time,
    revoked_at: time.nullable(),
  })
  .meta({ id: 'Share', description: 'A link that opens one question, to whoever has it.' })

/** `GET /v1/shares`: the newest first. */
export const shareList = z.strictObject({ shares: z.array(shareAnswer) })
