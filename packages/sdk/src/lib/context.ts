import { attempt } from './attempt.ts'

/** Asked once: it takes 0.1 ms. */
const time_zone = attempt(() => Intl.DateTimeFormat().resolvedOptions().timeZone)

/** Where the page is now. */
export const context = (referrer: string) => ({
  url: location.href,
  referrer,
  title: document.title,
  screen: `${screen.width}x${screen.height}`,
  time_zone,
  language: navigator.language,
})
