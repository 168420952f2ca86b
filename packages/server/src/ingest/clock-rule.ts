const WRONG_CLOCK_MS = 5 * 60_000
const OLDEST_FROM_PAGE_MS = 7 * 86_400_000
const AHEAD_FROM_SERVER_MS = 86_400_000
const EARLIEST = Date.UTC(2000, 0)

export interface Clocks {
  /** When the request came in. */
  received: number
  /** The sender's clock when it sent, if it said. */
  sent: number | null
}

/** When a page's event happened: its own time, unless its clock is wrong or the time cannot be. */
export function pageTime(at: number, { received, sent }: Clocks): number {
  const skew = sent === null ? 0 : received - sent
  const corrected = Math.abs(skew) > WRONG_CLOCK_MS ? at + skew : at
  return Math.min(Math.max(corrected, received - OLDEST_FROM_PAGE_MS), received)
}

/** Whether a server's event may have happened then: any time since 2000, up to a day ahead. */
export const isServerTime = (at: number, { received }: Clocks): boolean =>
  at >= EARLIEST && at <= received + AHEAD_FROM_SERVER_MS
