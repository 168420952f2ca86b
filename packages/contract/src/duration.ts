const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

const isUnit = (unit: string | undefined): unit is keyof typeof UNIT_MS =>
  unit !== undefined && unit in UNIT_MS

/** Milliseconds in `90s`, `30m`, `12h` or `7d`; null for any other text. */
export function durationMs(text: string): number | null {
  const [, count, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? []
  return isUnit(unit) ? Number(count) * UNIT_MS[unit] : null
}
