import type { Given } from '../types.ts'

/** How far apart two reports of one thing are, at most. */
const SAME_MS = 1_000

/**
 * Whether this page has told of such an event since then (ms since 1970), but for what `except` told.
 * The last 99 say it: a long page is not read again for each event.
 */
export const isTold = (name: string, since: number, except?: string): boolean =>
  !!window.weir?.told?.slice(-99).some(([item]) => {
    const event = JSON.parse(item)
    return event.name === name && event.at > since && (event.properties.told_by || '') !== except
  })

/**
 * Tells of an event that `told_by` reported. What two report within a second is one event: they call
 * one product by different ids (SKU, variant, parent), so only the name is compared.
 */
export const tell = (told_by: string, name: string, properties: Given): void => {
  if (!isTold(name, Date.now() - SAME_MS, told_by)) window.weir?.(name, { ...properties, told_by })
}
