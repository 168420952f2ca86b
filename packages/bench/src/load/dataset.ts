/** A shop to ask about: what was generated, and which range the question has. */
export interface Dataset {
  /** Of its database: letters, digits and underscores. */
  name: string
  events: number
  from: number
  to: number
  seed: number
}

const DAY_MS = 86_400_000
/** Long past, so that every window has closed and no answer counts a second, mature range. */
const TO = Date.UTC(2025, 3, 1)

const over = (days: number) => ({ from: TO - days * DAY_MS, to: TO })

/** 90 days of a large shop. */
export const quarter = (events: number, seed: number): Dataset => ({
  name: `bench_quarter_${events}`,
  events,
  seed,
  ...over(90),
})

/** A year of a small one: 1,000 events a day. */
export const smallYear = (seed: number): Dataset => ({
  name: 'bench_small_year',
  events: 365_000,
  seed: seed + 1,
  ...over(365),
})

export const daysOf = ({ from, to }: Dataset): number => (to - from) / DAY_MS
