import { attempt } from './attempt.ts'

/** Whether this page may keep nothing on the device. */
export let cookieless: unknown

export const setCookieless = (on: unknown): void => {
  cookieless = on
}

/** Local storage; throws where the browser or the visitor denies it: callers use memory then. */
export const storage = (): Storage => {
  if (cookieless) throw 0
  return localStorage
}

/** Writes one item, or removes it if empty. Denied, or full (5 MB): nothing happens. */
export const store = (key: string, value?: string | false): void => {
  attempt(() => {
    // Half of what `storage()[key] = value` takes.
    if (value) storage().setItem(key, value)
    else storage().removeItem(key)
  })
}
