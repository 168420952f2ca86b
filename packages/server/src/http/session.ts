import type { FastifyReply, FastifyRequest } from 'fastify'

const COOKIE = 'weir_session'
const DAYS = 30
const DAY_MS = 86_400_000

/** Which key somebody signed in with. The cookie holds its number, signed, never the key. */
export interface Session {
  key_id: number
}

export function startSession(reply: FastifyReply, { key_id }: Session, now: number): void {
  reply.setCookie(COOKIE, `${key_id}.${now + DAYS * DAY_MS}`, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    signed: true,
    secure: reply.request.protocol === 'https',
    maxAge: DAYS * 86_400,
  })
}

export function endSession(reply: FastifyReply): void {
  reply.clearCookie(COOKIE, { path: '/' })
}

export function readSession(request: FastifyRequest, now: number): Session | null {
  const cookie = request.cookies[COOKIE]
  const { valid, value } = cookie ? request.unsignCookie(cookie) : { valid: false, value: null }
  const [, key_id, expires] = (valid && /^(\d+)\.(\d+)$/.exec(value ?? '')) || []
  return key_id && Number(expires) > now ? { key_id: Number(key_id) } : null
}
