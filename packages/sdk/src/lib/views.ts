import { TITLE_MS } from './limits.ts'
import { listen } from './listen.ts'
import { onHidden } from './onHidden.ts'
import { onNavigation } from './onNavigation.ts'
import { tick } from './tick.ts'

/** Where this page was reached from: only the first view has the outside referrer, or every later
 * one would be an arrival again. */
export let referrer = ''

/**
 * Reports page views: now, on every later path of a single-page application, and when the page
 * comes back from the back/forward cache. Returns what must run before any other event, so that
 * a view is never later than what was done on it.
 */
export const startViews = (view: (at: number) => void, first: number) => {
  let here = document.referrer
  let path = ''
  let at = first
  let timer: ReturnType<typeof setTimeout>

  const settle = (): void => {
    clearTimeout(timer)
    // Redirects and replaced queries end on the same path: no new page was seen.
    if (at && path !== location.pathname) {
      path = location.pathname
      referrer = here
      here = location.href
      view(at)
    }
    at = 0
  }

  onNavigation(() => {
    at = at || tick()
    clearTimeout(timer)
    timer = setTimeout(settle, TITLE_MS)
  })
  onHidden(settle)
  listen(window, 'pageshow', ({ persisted }) => {
    if (persisted) {
      path = ''
      at = tick()
      settle()
    }
  })
  settle()
  return settle
}
