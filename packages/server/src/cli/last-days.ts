const DAY_MS = 86_400_000

/** As many days up to and including today. */
export function lastDays(days: number, now = Date.now()): { from: string; to: string } {
  const day = (ahead: number) => new Date(now + ahead * DAY_MS).toISOString().slice(0, 10)
  return { from: day(1 - days), to: day(1) }
}
