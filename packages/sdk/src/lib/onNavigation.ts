import { attempt } from './attempt.ts'
import { listen } from './listen.ts'

/** Calls back when a single-page application may have changed the address. */
export const onNavigation = (callback: () => void): void => {
  if ('navigation' in window) {
    listen(navigation, 'currententrychange', callback)
  } else {
    // Firefox before 147 and Safari before 26.2 have no Navigation API.
    for (const method of ['pushState', 'replaceState'] as const) {
      const original = history[method]
      history[method] = function (...given) {
        original.apply(this, given)
        attempt(callback)
      }
    }
    listen(window, 'popstate', callback)
  }
}
