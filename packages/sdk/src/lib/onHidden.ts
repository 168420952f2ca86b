import { listen } from './listen.ts'

/** Calls back for every way a page goes away; often twice. */
export const onHidden = (callback: () => unknown): void => {
  listen('visibilitychange', () => document.hidden && callback())
  // Safari may leave a page without a visibilitychange: pagehide is the other half.
  listen('pagehide', callback)
}

declare global {
  interface WindowEventMap {
    /** Of the document, which every event passes the window to. */
    visibilitychange: Event
  }
}
