import { getTimezone } from 'countries-and-timezones'

const known = new Map<string, string | undefined>()
const MOST_KNOWN = 1_000

// The library looks names up in a plain object: `constructor` is there, and no time zone.
const readCountry = (timeZone: string): string | undefined => getTimezone(timeZone)?.countries?.[0]

/** The country of an IANA time zone, as ISO 3166 says it; of several, the first. */
export function countryOf(timeZone: string | undefined): string | undefined {
  if (!timeZone) return undefined
  if (!known.has(timeZone)) {
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(timeZone, readCountry(timeZone))
  }
  return known.get(timeZone)
}
