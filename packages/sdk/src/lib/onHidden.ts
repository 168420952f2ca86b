import { listen } from './listen.ts'

/** Calls back for every way a page goes away; often twice. */
export const onHidden = (callback: () => unknown): void => {
  listen(document, 'visibilitychange', () => document.hidden && callback())
  // Safari may leave a page without a visibilitychange: pagehide is the other half.
  listen(window, 'pagehide', () => callback())
}
