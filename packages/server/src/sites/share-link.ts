/**
 * A share link is the address of one question with a parameter more: `share=<id>.<signature>`. What is
 * signed is the id, the site, the path and when it ends: a link opens that path and no other.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Share } from './shares.ts'

type Signed = Pick<Share, 'share_id' | 'site_id' | 'path' | 'expires_at'>

/** 192 bits. */
const SIGNATURE_LETTERS = 32

const signatureOf = (secret: string, { share_id, site_id, path, expires_at }: Signed): string =>
  createHmac('sha256', secret)
    .update(JSON.stringify(['weir share', share_id, site_id, path, expires_at.getTime()]))
    .digest('base64url')
    .slice(0, SIGNATURE_LETTERS)

/** The path of the link. */
export function linkOf(secret: string, share: Signed): string {
  const separator = share.path.includes('?') ? '&' : '?'
  const token = `${share.share_id}.${signatureOf(secret, share)}`
  return `${share.path}${separator}share=${token}`
}

/** What a token claims; null for what cannot be one. */
export function readToken(token: string): { share_id: number; signature: string } | null {
  const [, id, signature] = /^(\d{1,9})\.([\w-]{32})$/.exec(token) ?? []
  return id && signature ? { share_id: Number(id), signature } : null
}

export function isSigned(secret: string, share: Signed, signature: string): boolean {
  const own = Buffer.from(signatureOf(secret, share))
  const given = Buffer.from(signature)
  return own.length === given.length && timingSafeEqual(own, given)
}

/** One text for all ways to write an address; without its token. */
export function plainPath(path: string): string {
  const { pathname, searchParams } = new URL(path, 'http://weir')
  searchParams.delete('share')
  const query = searchParams.toString()
  return query === '' ? pathname : `${pathname}?${query}`
}
