import type { Context } from '@weir/contract'

/** Where the page is now. */
export const context = (referrer: string): Context => ({
  url: location.href,
  referrer,
  title: document.title,
  screen: `${screen.width}x${screen.height}`,
  time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  language: navigator.language,
})
