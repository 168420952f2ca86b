/**
 * Believable traffic of a shop, the same for the same seed, made a day at a time:
 * 1. Each day brings new visitors, more of them on weekends and in waves.
 * 2. A visit makes events (visit.ts); who did not buy may come back days later, and keener.
 * 3. The day's visits are given in the order of their events' times, so that batches are what
 *    ingest would have written; a visit over midnight stands in the day it began.
 * Nothing but the visitors who will come back is kept from day to day.
 */
import { Chance } from './chance.ts'
import type { ShopEvent } from './shop-event.ts'
import { visit } from './visit.ts'
import { newVisitor, type Visitor } from './visitor.ts'

export interface TrafficOptions {
  seed: number
  /** About how many events; within a percent or two. */
  events: number
  /** When the first day begins, in milliseconds. */
  from: number
  days: number
}

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** What the chances below come to. */
const EVENTS_A_VISITOR = 4.47
const COME_BACK = 0.24
const MOST_VISITS = 8
/** How busy the hours are, from midnight UTC. */
const HOURS = [3, 2, 1, 1, 1, 2, 4, 7, 9, 10, 11, 12, 12, 11, 10, 10, 11, 13, 16, 19, 20, 18, 12, 6]
const BUSIEST = Math.max(...HOURS)

interface Due {
  visitor: Visitor
  start: number
  visits: number
}

/** One list a day, ordered by time. */
export function* traffic({ seed, events, from, days }: TrafficOptions): Generator<ShopEvent[]> {
  const chance = new Chance(seed)
  const end = from + days * DAY_MS
  const due: Due[][] = Array.from({ length: days }, () => [])
  let visitors = 0
  for (let day = 0; day < days; day++) {
    const begin = from + day * DAY_MS
    const today = due[day] ?? []
    const wave = 1 + 0.12 * Math.sin(day / 3.3) + (day % 7 >= 5 ? 0.25 : -0.1)
    const fresh = (events / EVENTS_A_VISITOR / days) * wave * (0.92 + 0.16 * chance.next())
    for (let i = Math.round(fresh); i > 0; i--) {
      const start = begin + timeOfDay(chance)
      today.push({ visitor: newVisitor(seed, ++visitors, start), start, visits: 0 })
    }
    const happened: ShopEvent[] = []
    for (const { visitor, start, visits } of today) {
      const { end: left, bought } = visit(visitor, start, visits === 0, happened)
      if (bought || visits + 1 === MOST_VISITS || !visitor.chance.happens(COME_BACK)) continue
      visitor.keenness *= 1.2
      const back = left + 2 * HOUR_MS + visitor.chance.wait(3 * DAY_MS)
      // Who comes back on the same day is met in this very loop.
      due[Math.floor((back - from) / DAY_MS)]?.push({ visitor, start: back, visits: visits + 1 })
    }
    due[day] = []
    yield happened.filter(({ at }) => at < end).sort((a, b) => a.at - b.at)
  }
}

function timeOfDay(chance: Chance): number {
  for (;;) {
    const hour = chance.between(0, 23)
    if (chance.next() * BUSIEST < (HOURS[hour] ?? 0))
      return hour * HOUR_MS + Math.floor(chance.next() * HOUR_MS)
  }
}
