import { attempt } from './attempt.ts'

/** Asked once. The first use of Intl in a page takes 15 ms; Temporal, where there is one, half a one. */
const time_zone = attempt(
  () => window.Temporal?.Now.timeZoneId() || Intl.DateTimeFormat().resolvedOptions().timeZone,
)

/** Where the page is now. */
export const context = (referrer: string) => ({
  url: location.href,
  referrer,
  title: document.title,
  screen: `${screen.width}x${screen.height}`,
  time_zone,
  language: navigator.language,
})

declare global {
  interface Window {
    Temporal?: { Now: { timeZoneId(): string } }
  }
}
