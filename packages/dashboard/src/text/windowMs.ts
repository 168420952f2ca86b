const UNITS_MS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A window as the API writes it, in milliseconds; 0 for text that is none. */
export function windowMs(window: string): number {
  const [, n, letter] = /^(\d+)([smhd])$/.exec(window) ?? []
  return Number(n ?? 0) * (UNITS_MS[letter ?? ''] ?? 0)
}
