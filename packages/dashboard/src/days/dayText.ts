const day = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})

/** `2026-10-01` as `1 Oct 2026`. */
export const dayText = (text: string) => day.format(new Date(`${text}T00:00:00Z`))

/** First and last day, both inclusive, without saying a year twice: `1 – 31 Oct 2026`. */
export function daysText(first: string, last: string): string {
  if (first === last) return dayText(first)
  const [d1, m1, y1] = dayText(first).split(' ')
  const [, m2, y2] = dayText(last).split(' ')
  const start = y1 !== y2 ? dayText(first) : m1 !== m2 ? `${d1} ${m1}` : d1
  return `${start} – ${dayText(last)}`
}

/** An instant in a time zone: `14 Nov 2026, 21:30`. */
export const instantText = (instant: string, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(instant))
