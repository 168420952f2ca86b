import { listen } from './listen.ts'
import { tick } from './tick.ts'

/**
 * Calls back now, or when a prerendered page is shown, if it ever is. Requests of a prerendering
 * page are really sent, so nothing at all may run before.
 */
export const whenActivated = (callback: () => void): void => {
  if (document.prerendering) {
    listen(document, 'prerenderingchange', () => {
      tick() // what the page called before it was shown counts from now
      callback()
    })
  } else {
    callback()
  }
}
