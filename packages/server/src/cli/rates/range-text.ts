/** An instant in a site's days: `2026-10-01`, with the time where it is no midnight. */
export function instantText(iso: string, timeZone: string): string {
  const text = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(iso))
  return text.replace(/ 00:00$/, '')
}

export const rangeText = ({ from, to }: { from: string; to: string }, timeZone: string): string =>
  `${instantText(from, timeZone)} to ${instantText(to, timeZone)}`
