/**
 * What a thread keeps gathered, so that the next question about the same days need not gather it again:
 *
 * 1. Days before yesterday are settled. What still comes for them comes as parts of its own.
 * 2. Who asks about the same days a second time has them kept: a first question may be the only one.
 * 3. A keeping serves questions about most of its days; what it does not have is gathered, and joined to it.
 *    It goes when a question finds one of its parts replaced: an event was erased, or parts were merged.
 * 4. The least recently used goes when there is too much.
 */
import { countEvents, Keeping, type Wish } from './keeping.ts'

const DAY_MS = 86_400_000
/** How many questions are remembered. */
const REMEMBERED = 64
/** About how much is kept of an event with its share of the visitor, and of each column's codes. */
const BYTES_AN_EVENT = 13
const BYTES_A_CODE = 2

export class Keepings {
  /** Least recently used first. */
  #all: Keeping[] = []
  readonly #asked = new Set<string>()

  /** What serves a question; null where nothing does. No more than about `bytes` are kept. */
  find(wish: Wish, bytes: number): Keeping | null {
    this.#all = this.#all.filter((keeping) => !keeping.isOutdated(wish))
    const found =
      this.#all.find((keeping) => keeping.serves(wish)) ??
      (this.#isAskedAgain(wish) ? this.#begin(wish, bytes) : null)
    if (found) this.#all = [...this.#all.filter((keeping) => keeping !== found), found]
    while (this.bytes > bytes && this.#all.length > 1) this.#all.shift()
    return found
  }

  get bytes(): number {
    return this.#all.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  #isAskedAgain({ site_id, days, ranges, columns }: Wish): boolean {
    const key = [site_id, days.first, days.last, ranges, ...columns].join()
    if (this.#asked.delete(key)) return true
    this.#asked.add(key)
    const [oldest] = this.#asked
    if (this.#asked.size > REMEMBERED && oldest !== undefined) this.#asked.delete(oldest)
    return false
  }

  /** With the columns of those of the same parts that it replaces, where there is room for them. */
  #begin({ site_id, ranges, columns, ...wish }: Wish, bytes: number): Keeping | null {
    const settled = Date.now() / DAY_MS - 2
    const parts = wish.parts.filter(({ part }) => part.core.day <= settled)
    if (parts.length === 0) return null
    const live = new Set(parts.map(({ key }) => key))
    const replaced = this.#all.filter((keeping) => keeping.isWithin(site_id, live))
    this.#all = this.#all.filter((keeping) => !replaced.includes(keeping))
    const all = [...new Set([columns, ...replaced.map((keeping) => keeping.columns)].flat())]
    const expected = countEvents(parts) * (BYTES_AN_EVENT + BYTES_A_CODE * all.length)
    return new Keeping({ site_id, ranges, columns: expected < bytes ? all : columns, parts })
  }
}
