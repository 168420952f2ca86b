import { Temporal } from 'temporal-polyfill'
import { localDate } from './local-date.ts'
import { type Reading, UnreadableRecord } from './record.ts'

const WITH_OFFSET = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d\S*?) ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)$/
const WITHOUT = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)$/

/**
 * A time as tables write it, for the wire: `2026-10-01 12:00:00.5 UTC`, `10/1/2026 8:26`, and seconds,
 * milliseconds or microseconds since 1970. What is no time is given back; an UnreadableRecord says what the
 * reading lacks: a zone, or which number is the month.
 */
export function timeOf(
  text: string,
  { zone, dates }: Pick<Reading, 'zone' | 'dates'>,
): string | number | UnreadableRecord {
  // The server takes nothing before 2000, so that the digits tell the unit.
  if (/^\d{9,10}(\.\d+)?$/.test(text)) return Math.floor(Number(text) * 1_000)
  if (/^\d{12,}$/.test(text)) return Math.floor(Number(text) / (text.length > 14 ? 1_000 : 1))
  const [, day, time, offset] = WITH_OFFSET.exec(text) ?? []
  if (offset !== undefined) return `${day}T${time}${inFull(offset)}`
  const local = localDate(text, dates)
  if (local && 'reason' in local) return new UnreadableRecord(local.reason)
  const [, date, clock] = WITHOUT.exec(text) ?? []
  const wall = clock === undefined ? local?.wall : `${date}T${clock.replace(',', '.')}`
  if (wall === undefined) return text
  if (zone !== undefined) return inZone(wall, zone) ?? text
  const example = 'add --zone UTC, or one like --zone Europe/Berlin'
  return new UnreadableRecord(`\`${text}\` has no offset from UTC: ${example}`)
}

const inFull = (offset: string): string => {
  if (!/^[+-]/.test(offset)) return 'Z'
  return offset.length === 3 ? `${offset}:00` : offset
}

function inZone(wall: string, zone: string): number | null {
  try {
    return Temporal.PlainDateTime.from(wall, { overflow: 'reject' }).toZonedDateTime(zone)
      .epochMilliseconds
  } catch {
    return null
  }
}
