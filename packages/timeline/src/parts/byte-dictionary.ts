/**
 * Numbers distinct texts as they stand in bytes, in the order in which they come: of one that was met
 * before no string is made. An open-addressing table, two words a slot: the number, counted from 1, and
 * the hash; what is met first is kept.
 */
import { grown } from './grown.ts'

const WORDS = 2
const FEW = 32

/** Whoever sends events chooses texts: they are spread by numbers that nobody knows, so that none can be made to collide. */
const SEED = (Math.random() * 2 ** 32) | 0
const SPREAD = (Math.random() * 2 ** 32) | 1

export class ByteDictionary {
  #table = new Uint32Array(FEW * WORDS)
  #shift = Math.clz32(FEW) + 1
  #bytes = Buffer.alloc(FEW * 8)
  /** By number: where the text ends in the bytes that are kept. */
  #ends = new Uint32Array(FEW)
  #length = 0

  /** How many texts it has. */
  get length(): number {
    return this.#length
  }

  numberOf(bytes: Uint8Array, begin: number, end: number): number {
    const hash = hashOf(bytes, begin, end)
    const table = this.#table
    const last = table.length - 1
    let slot = (hash >>> this.#shift) * WORDS
    for (; table[slot] !== 0; slot = (slot + WORDS) & last) {
      const number = table[slot]! - 1
      if (table[slot + 1] === hash && this.#is(number, bytes, begin, end)) return number
    }
    table[slot] = this.#keep(bytes, begin, end)
    table[slot + 1] = hash
    // At least half of the slots stay free.
    if (this.#length * 2 * WORDS > table.length) this.#spread()
    return this.#length - 1
  }

  textOf(number: number): string {
    return this.#bytes.toString('utf8', this.#beginOf(number), this.#ends[number])
  }

  #beginOf(number: number): number {
    return number === 0 ? 0 : this.#ends[number - 1]!
  }

  #is(number: number, bytes: Uint8Array, begin: number, end: number): boolean {
    return this.lengthOf(number) === end - begin && this.isAt(number, bytes, begin)
  }

  /** Whether a text begins here. */
  isAt(number: number, bytes: Uint8Array, begin: number): boolean {
    const kept = this.#bytes
    const end = this.#ends[number]!
    for (let at = this.#beginOf(number), i = begin; at < end; at++, i++)
      if (kept[at] !== bytes[i]) return false
    return true
  }

  lengthOf(number: number): number {
    return this.#ends[number]! - this.#beginOf(number)
  }

  /** Gives how many there are now. */
  #keep(bytes: Uint8Array, begin: number, end: number): number {
    const start = this.#beginOf(this.#length)
    const keptEnd = start + end - begin
    if (keptEnd > this.#bytes.length) {
      const room = Buffer.alloc(keptEnd * 2)
      room.set(this.#bytes)
      this.#bytes = room
    }
    for (let i = begin, at = start; i < end; i++) this.#bytes[at++] = bytes[i]!
    if (this.#length === this.#ends.length) this.#ends = grown(this.#ends)
    this.#ends[this.#length] = keptEnd
    return ++this.#length
  }

  /** Puts all into a table of twice the size. */
  #spread() {
    const small = this.#table
    const table = new Uint32Array(small.length * 2)
    const last = table.length - 1
    this.#shift--
    for (let from = 0; from < small.length; from += WORDS) {
      if (small[from] === 0) continue
      let slot = (small[from + 1]! >>> this.#shift) * WORDS
      while (table[slot] !== 0) slot = (slot + WORDS) & last
      table[slot] = small[from]!
      table[slot + 1] = small[from + 1]!
    }
    this.#table = table
  }
}

/** Four bytes at a time; its upper bits depend on all of them. */
function hashOf(bytes: Uint8Array, begin: number, end: number): number {
  let hash = SEED ^ (end - begin)
  let i = begin
  for (const whole = end - 3; i < whole; i += 4) {
    const word = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24)
    hash = Math.imul(hash ^ word, SPREAD)
    hash ^= hash >>> 15
  }
  for (; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, SPREAD)
  return Math.imul(hash ^ (hash >>> 15), SPREAD) >>> 0
}
