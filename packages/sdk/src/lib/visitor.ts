// biome-ignore-all lint/suspicious/noDocumentCookie: the Cookie Store API is new, and asynchronous.
import { attempt } from './attempt.ts'
import { cookieless, store } from './storage.ts'

/** The stored visitor id, `denied`, or nothing. The cookie wins: Safari empties storage first. */
export const recall = (): string | undefined =>
  attempt(() => document.cookie.match(/\bweir=([\w-]+)/)![1]) || attempt(() => localStorage.weir)

/**
 * Stores a visitor id or `denied` for 400 days, the most that browsers allow; `''` forgets. The
 * cookie goes to the widest domain that takes one, so that shop. and www. see one visitor. One that is there
 * already is left as it is: Safari keeps what the shop's server set for longer than what scripts write,
 * and storage outlives it. A last label alone never takes one, and Firefox says so on the console.
 * Storage comes last: it takes longest where it is used first.
 */
export const remember = (id: string): void => {
  attempt(() => {
    const labels = location.hostname.split('.')
    for (
      let n = labels.length - 1 || 1;
      !cookieless && n-- && !document.cookie.includes(`weir=${id}.`);
    ) {
      document.cookie = `weir=${id}.1;path=/;max-age=34560000;samesite=lax;domain=${labels.slice(n).join('.')}`
    }
  })
  store('weir', id)
}
