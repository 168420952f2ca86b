// biome-ignore-all lint/suspicious/noDocumentCookie: the Cookie Store API is new, and asynchronous.
import { attempt } from './attempt.ts'
import { cookieless, store } from './storage.ts'

/** The stored visitor id, `denied`, or nothing. The cookie wins: Safari empties storage first. */
export const recall = (): string | undefined =>
  /\bweir=([\w.:-]+)/.exec(
    `${attempt(() => document.cookie)};weir=${attempt(() => localStorage.getItem('weir')) || ''}`,
  )?.[1]

/**
 * Stores a visitor id or `denied` for 400 days, the most that browsers allow; `''` forgets. The
 * cookie goes to the widest domain that takes one, so that shop. and www. see one visitor; the
 * old one goes first, or it would look as if `com` had taken the new one.
 */
export const remember = (id: string): void => {
  store('weir', id)
  attempt(() => {
    const labels = location.hostname.split('.')
    for (const age of cookieless ? [] : [0, 34_560_000]) {
      for (let n = labels.length; n-- && !(age && document.cookie.includes(id)); ) {
        document.cookie = `weir=${id};path=/;max-age=${age};samesite=lax;domain=${labels.slice(n).join('.')}`
      }
    }
  })
}
