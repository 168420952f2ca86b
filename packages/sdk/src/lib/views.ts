import { NAVIGATED_MS, POLL_MS } from './limits.ts'
import { listen } from './listen.ts'

/** What this page was reached from. Only its first view has the outside referrer: with it, every
 * later view of a single-page application would be an arrival again. */
export let referrer = ''

/**
 * Watches for page views: every new path of a single-page application, and a return from the
 * back/forward cache. What it returns calls `view` if the path is new (at first it always is),
 * and must run before any other event is told, so that no view comes after what was done on it.
 */
export const startViews = (view: (at?: number) => void) => {
  let here = document.referrer
  let path = ''

  const settle = (at?: number): void => {
    // Redirects and replaced queries end on the same path: no new page was seen.
    if (path !== location.pathname) {
      path = location.pathname
      referrer = here
      here = location.href
      view(at)
    }
  }

  if (window.navigation) {
    navigation.addEventListener('currententrychange', () => setTimeout(settle, NAVIGATED_MS))
  } else {
    // Firefox before 147 and Safari before 26.2. Looking costs less than patching history, which
    // shows in the page's own stack traces.
    setInterval(settle, POLL_MS)
  }
  listen('pageshow', ({ persisted }) => {
    if (persisted) {
      path = ''
      settle()
    }
  })
  return settle
}
