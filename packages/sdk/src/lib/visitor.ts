// biome-ignore-all lint/suspicious/noDocumentCookie: the Cookie Store API is new, and asynchronous.
import { attempt } from './attempt.ts'
import { cookieless, store } from './storage.ts'

/** The stored visitor id, `denied`, or nothing. The cookie wins: Safari empties storage first. */
export const recall = (): string | undefined =>
  attempt(() => document.cookie.match(/\bweir=([\w-]+)/)![1]) || attempt(() => localStorage.weir)

/**
 * Stores a visitor id or `denied` for 400 days, the most that browsers allow; `''` forgets. The
 * cookie goes to the widest domain that takes one, so that shop. and www. see one visitor, and says how many
 * labels that has: then Weir, where it answers on that domain, can set the same one again, which Safari keeps
 * for longer than what scripts write. One that is there already is left as it is. A last label alone never
 * takes one, and Firefox says so on the console.
 * Storage comes last: it takes longest where it is used first.
 */
export const remember = (id: string): void => {
  attempt(() => {
    const labels = location.hostname.split('.')
    for (
      let n = labels[1] ? 1 : 0;
      !cookieless && labels[n++] && !document.cookie.includes(`weir=${id}.`);
    ) {
      document.cookie = `weir=${id}.${n};domain=${labels.slice(-n).join('.')};path=/;max-age=34560000;samesite=lax`
    }
  })
  store('weir', id)
}
