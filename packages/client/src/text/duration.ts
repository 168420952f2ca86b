import { THIN_SPACE } from './percent.ts'

const UNITS = [
  { name: 'd', seconds: 86_400, smaller: 3_600 },
  { name: 'h', seconds: 3_600, smaller: 60 },
  { name: 'min', seconds: 60, smaller: 1 },
] as const

/** Seconds in the two largest units that say something: `1 h 12 min`, `2 d 3 h`, `41 s`. A dash for null. */
export function duration(seconds: number | null): string {
  if (seconds === null) return '–'
  if (seconds > 0 && seconds < 1) return `< 1${THIN_SPACE}s`
  const whole = Math.round(seconds)
  for (const { name, seconds: size, smaller } of UNITS) {
    // Rounded to the smaller unit first, so that 59 min 59.7 s becomes 1 h, and never 60 min.
    const rounded = Math.round(whole / smaller) * smaller
    if (rounded < size) continue
    const rest = (rounded % size) / smaller
    const large = `${Math.floor(rounded / size)}${THIN_SPACE}${name}`
    return rest === 0 ? large : `${large} ${rest}${THIN_SPACE}${SMALLER[name]}`
  }
  return `${whole}${THIN_SPACE}s`
}

const SMALLER = { d: 'h', h: 'min', min: 's' } as const
