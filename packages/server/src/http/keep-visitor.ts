import type { FastifyReply, FastifyRequest } from 'fastify'

/** The tag's cookie: a visitor's id or `denied`, and how many labels of the page's host it is for. */
const COOKIE = /(?<=^|; )weir=([\w-]{1,200})\.([1-9])(?=;|$)/g
const SECONDS = 400 * 86_400

/**
 * Sets the tag's cookie again, to what it is, for 400 days. Safari forgets after seven days what scripts
 * have stored, and keeps what a server sets. A browser sends it only where the tag's file comes from the
 * page's own domain: a folder of the shop, or a host beside it. Done with the file, not with the answer to
 * events: a visitor may deny consent while they are under way, and a late answer would undo that.
 */
export function keepVisitor(request: FastifyRequest, reply: FastifyReply): void {
  const [cookie, another] = `${request.headers.cookie ?? ''}`.matchAll(COOKIE)
  const host = hostOf(request.headers.referer)
  if (!cookie || another || !host || request.headers['sec-gpc'] === '1') return
  const [same, , labels] = cookie
  const domain = host.split('.').slice(-Number(labels)).join('.')
  reply
    .header('set-cookie', `${same}; Domain=${domain}; Path=/; Max-Age=${SECONDS}; SameSite=Lax`)
    // No shared cache may hand one visitor's cookie to others.
    .header('cache-control', `${reply.getHeader('cache-control')}`.replace('public', 'private'))
}

const hostOf = (address: string | undefined): string | null =>
  address && URL.canParse(address) ? new URL(address).hostname : null
