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
  #kept = viewOf(this.#bytes)
  /** What was given last, as words. */
  #given: Buffer = this.#bytes
  #words = this.#kept
  /** By number: where the text ends in the bytes that are kept. */
  #ends = new Uint32Array(FEW)
  #length = 0

  /** How many texts it has. */
  get length(): number {
    return this.#length
  }

  numberOf(bytes: Buffer, begin: number, end: number): number {
    this.#read(bytes)
    const hash = hashOf(this.#words, begin, end)
    const table = this.#table
    const last = table.length - 1
    let slot = (hash >>> this.#shift) * WORDS
    for (; table[slot] !== 0; slot = (slot + WORDS) & last) {
      const number = table[slot]! - 1
      if (table[slot + 1] === hash && this.#is(number, begin, end)) return number
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

  #is(number: number, begin: number, end: number): boolean {
    return this.lengthOf(number) === end - begin && this.#isAt(number, begin)
  }

  /** Whether a text begins here. */
  isAt(number: number, bytes: Buffer, begin: number): boolean {
    if (begin + this.lengthOf(number) > bytes.length) return false
    this.#read(bytes)
    return this.#isAt(number, begin)
  }

  #isAt(number: number, begin: number): boolean {
    const [kept, words] = [this.#kept, this.#words]
    const end = this.#ends[number]!
    let at = this.#beginOf(number)
    let i = begin
    for (; at + 4 <= end; at += 4, i += 4) if (kept.getInt32(at) !== words.getInt32(i)) return false
    for (; at < end; at++, i++) if (kept.getUint8(at) !== words.getUint8(i)) return false
    return true
  }

  #read(bytes: Buffer) {
    if (this.#given === bytes) return
    this.#given = bytes
    this.#words = viewOf(bytes)
  }

  lengthOf(number: number): number {
    return this.#ends[number]! - this.#beginOf(number)
  }

  /** Gives how many there are now. */
  #keep(bytes: Buffer, begin: number, end: number): number {
    const start = this.#beginOf(this.#length)
    const keptEnd = start + end - begin
    if (keptEnd > this.#bytes.length) {
      const room = Buffer.alloc(keptEnd * 2)
      room.set(this.#bytes)
      this.#bytes = room
      this.#kept = viewOf(room)
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

const viewOf = ({ buffer, byteOffset, length }: Buffer) => new DataView(buffer, byteOffset, length)

/** Four bytes at a time; its upper bits depend on all of them. */
function hashOf(words: DataView, begin: number, end: number): number {
  let hash = SEED ^ (end - begin)
  let i = begin
  for (; i + 4 <= end; i += 4) {
    hash = Math.imul(hash ^ words.getInt32(i), SPREAD)
    hash ^= hash >>> 15
  }
  for (; i < end; i++) hash = Math.imul(hash ^ words.getUint8(i), SPREAD)
  return Math.imul(hash ^ (hash >>> 15), SPREAD) >>> 0
}
