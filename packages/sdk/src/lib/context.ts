import { attempt } from './attempt.ts'
import { referrer } from './views.ts'

let time_zone: string | undefined

/** Where the page is now. */
export const context = () => {
  // Asked once. The first use of Intl in a page takes 15 ms; Temporal, where there is one, half a one.
  time_zone ||= attempt(
    () => window.Temporal?.Now.timeZoneId() || Intl.DateTimeFormat().resolvedOptions().timeZone,
  )
  return {
    url: location.href,
    referrer,
    title: document.title,
    screen: `${screen.width}x${screen.height}`,
    time_zone,
    language: navigator.language,
  }
}

declare global {
  interface Window {
    Temporal?: { Now: { timeZoneId(): string } }
  }
}
