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

/** Both ends of an interval, in as many decimals as the finer end needs, and enough to tell them apart. */
export function interval(low: number | null, high: number | null): string {
  if (low === null || high === null) return DASH
  let places = Math.max(decimals(low), decimals(high))
  while (places < 4 && low !== high && digits(low, places) === digits(high, places)) places += 1
  return `${digits(low, places)} – ${digits(high, places)}${THIN_SPACE}%`
}

const decimals = (rate: number) => {
  if (rate === 0 || rate === 1) return 0
  return rate < 0.01 || rate > 0.99 ? 2 : 1
}

const digits = (rate: number, places: number) =>
  rate === 0 || rate === 1 ? String(rate * 100) : (rate * 100).toFixed(places)
