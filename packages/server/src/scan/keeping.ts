import type { Timelines } from '@weir/timeline'
import {
  Arena,
  type EventName,
  gatherHashed,
  type HashRange,
  joinKept,
  type KeptTimelines,
  keep,
  type OpenPart,
} from '@weir/timeline/parts'

/** A part that a question lists; the key names it among all parts of its site. */
export interface ListedPart {
  key: string
  part: OpenPart
}

/** What a question reads. */
export interface Wish {
  site_id: number
  days: { first: number; last: number }
  /** Into how many ranges the visitors are cut. */
  ranges: number
  columns: readonly string[]
  parts: readonly ListedPart[]
}

/** A question reads at least that share of the events that serve it, */
const LEAST_USE = 1 / 3
/** and at most that share of what it reads is not among them. */
const MOST_FRESH = 1 / 2

/** The timelines of some parts of a site, kept range by range. */
export class Keeping {
  readonly site_id: number
  readonly ranges: number
  readonly columns: readonly string[]
  /** Every part's day, by its key. */
  readonly #days: ReadonlyMap<string, number>
  readonly #events: number
  readonly #kept = new Map<number, KeptTimelines>()
  readonly #arena = new Arena({ forgets: false })
  #bytes = 0

  constructor({ site_id, ranges, columns, parts }: Omit<Wish, 'days'>) {
    this.site_id = site_id
    this.ranges = ranges
    this.columns = columns
    this.#days = new Map(parts.map(({ key, part }) => [key, part.core.day]))
    this.#events = countEvents(parts)
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Whether a part of the days that are asked about was replaced. */
  isOutdated({ site_id, days, parts }: Wish): boolean {
    if (site_id !== this.site_id) return false
    const live = new Set(parts.map(({ key }) => key))
    for (const [key, day] of this.#days)
      if (day >= days.first && day <= days.last && !live.has(key)) return true
    return false
  }

  /** Whether most of what the question reads is here; it must not be outdated. */
  serves({ site_id, ranges, columns, parts }: Wish): boolean {
    if (site_id !== this.site_id || ranges > this.ranges) return false
    if (!columns.every((column) => this.columns.includes(column))) return false
    const [events, fresh] = [countEvents(parts), countEvents(this.freshOf(parts))]
    return events >= this.#events * LEAST_USE && fresh <= events * MOST_FRESH
  }

  /** Whether these are all its parts, or more. */
  isWithin(site_id: number, live: ReadonlySet<string>): boolean {
    return site_id === this.site_id && [...this.#days.keys()].every((key) => live.has(key))
  }

  /** Those that it does not have. */
  freshOf(parts: readonly ListedPart[]): ListedPart[] {
    return parts.filter(({ key }) => !this.#days.has(key))
  }

  has(index: number): boolean {
    return this.#kept.has(index)
  }

  /** Whether any event of a kept range has a list of values there. */
  hasLists(index: number, property: string): boolean {
    return this.#kept.get(index)?.columns.get(property)?.lists ?? false
  }

  /** Keeps a range; `parts` must be all of its parts, and may be more. */
  gather(
    index: number,
    range: HashRange,
    parts: readonly ListedPart[],
    names: readonly EventName[],
  ) {
    const own = parts.filter(({ key }) => this.#days.has(key)).map(({ part }) => part)
    const kept = keep(gatherHashed(own, names, this.columns, { range, arena: this.#arena }))
    this.#kept.set(index, kept)
    this.#bytes += kept.bytes
  }

  /** A kept range, and what came since: each visitor is in one source. */
  join(
    index: number,
    range: HashRange,
    fresh: readonly OpenPart[],
    names: readonly EventName[],
    columns: readonly string[],
  ): Timelines[] {
    const kept = this.#kept.get(index)
    if (!kept) throw new Error(`range ${index} is not kept`)
    const arena = this.#arena
    const since = fresh.length > 0 ? gatherHashed(fresh, names, columns, { range, arena }) : null
    return joinKept(kept, since, names)
  }
}

export const countEvents = (parts: readonly ListedPart[]): number =>
  parts.reduce((sum, { part }) => sum + part.core.events, 0)
