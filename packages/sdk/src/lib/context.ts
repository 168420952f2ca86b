import { attempt } from './attempt.ts'
import { referrer } from './views.ts'

let time_zone: string | undefined

/** Where the page is now. */
export const context = () => {
  // Asked once. The first use of Intl in a page takes 15 ms; Temporal, where there is one, half a one.
  time_zone ||= attempt(
    () => window.Temporal?.Now.timeZoneId() || Intl.DateTimeFormat().resolvedOptions().timeZone,
  )
  // In the order that packs smallest.
  return {
    screen: `${screen.width}x${screen.height}`,
    title: document.title,
    referrer,
    language: navigator.language,
    time_zone,
    url: location.href,
  }
}

declare global {
  interface Window {
    Temporal?: { Now: { timeZoneId(): string } }
  }
}
