/** Between a number and its unit: narrow, and no line breaks there. */
export const THIN_SPACE = '\u202f'

const DASH = '–'

/**
 * A rate from 0 to 1 as a percentage: one decimal, two near 0 and 1, where one would hide the
 * difference. Only 0 is "0 %" and only 1 is "100 %". A dash where there was nothing to divide by.
 */
export function percent(rate: number | null): string {
  if (rate === null) return DASH
  if (rate > 0 && rate < 0.00005) return `< 0.01${THIN_SPACE}%`
  if (rate < 1 && rate > 0.99995) return `> 99.99${THIN_SPACE}%`
  return `${digits(rate, decimals(rate))}${THIN_SPACE}%`
}

/**
 * Both ends of an interval, in the decimals that its width calls for (1.3 points wide: one; 0.08:
 * two), and more while the ends look alike, or like a 0 or 100 that they are not.
 */
export function interval(low: number | null, high: number | null): string {
  if (low === null || high === null) return DASH
  const points = (high - low) * 100
  let places = points > 0 ? Math.max(1, 1 - Math.ceil(Math.log10(points))) : 1
  while (places < MOST_DECIMALS && low !== high && misleads(low, high, places)) places += 1
  return `${digits(low, places)} – ${digits(high, places)}${THIN_SPACE}%`
}

const MOST_DECIMALS = 6

const misleads = (low: number, high: number, places: number) =>
  Number(digits(high, places)) === 0 ||
  (low < 1 && Number(digits(low, places)) === 100) ||
  digits(low, places) === digits(high, places)

const decimals = (rate: number) => (rate < 0.01 || rate > 0.99 ? 2 : 1)

const digits = (rate: number, places: number) =>
  rate === 0 || rate === 1 ? String(rate * 100) : (rate * 100).toFixed(places)
