/** Which of the first two numbers of a date like 12/1/2010 is the month. */
export const DATE_ORDERS = ['mdy', 'dmy'] as const
export type DateOrder = (typeof DATE_ORDERS)[number]

const LOCAL =
  /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:,? (\d{1,2}):(\d\d)(?::(\d\d))?(?: ?([AP])M)?)?$/i

/**
 * A date as people write it, `12/1/2010 8:26` or `1.12.2010`, as ISO 8601 without an offset; `reason` where it
 * cannot be told which number is the month, or none can be. Null for any other text. Nothing is guessed: one
 * row says 13/1 after a thousand that were read the wrong way round.
 */
export function localDate(
  text: string,
  order: DateOrder | undefined,
): { wall: string } | { reason: string } | null {
  const [, first, , second, year, hour = '0', minute = '00', secondOf = '00', half] =
    LOCAL.exec(text) ?? []
  if (first === undefined || second === undefined) return null
  if (order === undefined)
    return { reason: `\`${text}\` ${whatToAdd(Number(first), Number(second))}` }
  const [month, day] = order === 'mdy' ? [first, second] : [second, first]
  if (Number(month) > 12) {
    const other = order === 'mdy' ? 'dmy' : 'mdy'
    return { reason: `\`${text}\` has no month ${month}: is the file of --dates ${other}?` }
  }
  const time = `${two(inFull(Number(hour), half))}:${minute}:${secondOf}`
  return { wall: `${year}-${two(month)}-${two(day)}T${time}` }
}

function whatToAdd(first: number, second: number): string {
  if (first > 12) return 'has its day first: add --dates dmy'
  if (second > 12) return 'has its month first: add --dates mdy'
  return 'has its month first, or its day: add --dates mdy, or --dates dmy'
}

/** 12 AM is midnight. */
const inFull = (hour: number, half: string | undefined): number =>
  half === undefined ? hour : (hour % 12) + (half.toUpperCase() === 'P' ? 12 : 0)

const two = (number: string | number): string => String(number).padStart(2, '0')
