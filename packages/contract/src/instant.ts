const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const ISO = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/

// The years 1 to 9999: what ISO 8601 writes with four digits.
const EARLIEST_MS = Date.parse('0001-01-01T00:00:00Z')
const LATEST_MS = Date.parse('9999-12-31T00:00:00Z')

/** Milliseconds since 1970 of ISO 8601 with an offset, or of milliseconds; null for anything else. */
export function instantMs(value: unknown): number | null {
  const ms = typeof value === 'string' ? isoMs(value) : value
  if (typeof ms !== 'number' || !(ms >= EARLIEST_MS && ms <= LATEST_MS)) return null
  return Math.trunc(ms)
}

function isoMs(text: string): number | null {
  const [, year, month, day] = ISO.exec(text) ?? []
  if (!isDay(Number(year), Number(month), Number(day))) return null
  return Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
}

/** Whether a text is a calendar date, `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text) ?? []
  return isDay(Number(year), Number(month), Number(day))
}

/** Date.parse takes 30 February for 2 March. */
function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}
