import { Temporal } from 'temporal-polyfill'

const WITH_OFFSET = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d\S*?) ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)$/
const WITHOUT = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)$/

/**
 * A time as tables write it, for the wire: `2026-10-01 12:00:00.5 UTC`, and seconds, milliseconds or
 * microseconds since 1970. Null when it has no offset and no `zone` was said; what is no time is given back.
 */
export function timeOf(text: string, zone: string | undefined): string | number | null {
  // The server takes nothing before 2000, so that the digits tell the unit.
  if (/^\d{9,10}(\.\d+)?$/.test(text)) return Math.floor(Number(text) * 1_000)
  if (/^\d{12,}$/.test(text)) return Math.floor(Number(text) / (text.length > 14 ? 1_000 : 1))
  const [, day, time, offset] = WITH_OFFSET.exec(text) ?? []
  if (offset !== undefined) return `${day}T${time}${inFull(offset)}`
  const [, date, wall] = WITHOUT.exec(text) ?? []
  if (wall === undefined) return text
  return zone === undefined ? null : (inZone(`${date}T${wall.replace(',', '.')}`, zone) ?? text)
}

const inFull = (offset: string): string => {
  if (!/^[+-]/.test(offset)) return 'Z'
  return offset.length === 3 ? `${offset}:00` : offset
}

function inZone(wall: string, zone: string): number | null {
  try {
    return Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).epochMilliseconds
  } catch {
    return null
  }
}
