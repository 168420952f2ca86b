/** The core of a part: who, when, which event. Fixed width, read in place. */
import {
  CORE,
  type Codes,
  codesAt,
  greatestOf,
  HEADER_BYTES,
  isAscending,
  newBlock,
  openBlock,
  seal,
  widthOf,
  wordsAt,
} from './block.ts'
import { HASHES, MOST_SLOTS, rangeOfSlot, SLOTS } from './hash-range.ts'
import { DAY_MS, LAST_DAY, type PartEvents } from './part.ts'
import { PartError } from './part-error.ts'

export interface Core {
  readonly day: number
  readonly slots: number
  readonly slot: number
  /** How many columns the part has. */
  readonly columns: number
  readonly visitors: number
  readonly events: number
  readonly hi: Uint32Array
  readonly lo: Uint32Array
  readonly ends: Uint32Array
  readonly ms: Uint32Array
  readonly codes: Codes
  readonly greatestCode: number
  /** The first visitor of each of the slot's finest ranges of hashes; at last how many there are. */
  readonly starts: Uint32Array
  /** Its ids and columns carry this too: parts that were mixed up are refused. */
  readonly checksum: number
}

type Bare = Omit<Core, 'starts'>

const bodyBytes = (visitors: number, events: number, width: number) =>
  visitors * 12 + events * (4 + width)

export function encodeCore(part: PartEvents, columns: number): Uint8Array {
  const { day, slots, slot, hi, lo, ends, ms, codes } = part
  const [visitors, events] = [ends.length, ms.length]
  const width = widthOf(greatestOf(codes))
  const fields = [day, slots | (slot << 16), columns, visitors, events]
  const bytes = newBlock(CORE, { width }, fields, bodyBytes(visitors, events, width))
  let offset = HEADER_BYTES
  for (const words of [hi, lo, ends, ms]) {
    wordsAt(bytes, offset, words.length).set(words)
    offset += words.length * 4
  }
  codesAt(bytes, offset, events, width).set(codes)
  seal(bytes)
  return bytes
}

/** Checks everything that readers rely on. Throws PartError. */
export function openCore(stored: Uint8Array): Core {
  const { bytes, width, fields, checksum } = openBlock(stored, CORE)
  const [dayWord = 0, cut = 0, columns = 0, visitors = 0, events = 0] = fields
  if (bytes.length !== HEADER_BYTES + bodyBytes(visitors, events, width))
    throw new PartError(`a core of ${visitors} visitors and ${events} events has another length`)
  const words = (index: number, length: number) =>
    wordsAt(bytes, HEADER_BYTES + index * visitors * 4, length)
  const codes = codesAt(bytes, HEADER_BYTES + visitors * 12 + events * 4, events, width)
  const core: Bare = {
    day: dayWord | 0,
    slots: cut & 0xffff,
    slot: cut >>> 16,
    columns,
    visitors,
    events,
    hi: words(0, visitors),
    lo: words(1, visitors),
    ends: words(2, visitors),
    ms: words(3, events),
    codes,
    greatestCode: greatestOf(codes),
    checksum,
  }
  checkCore(core, width)
  return { ...core, starts: startsOf(core) }
}

function checkCore(core: Bare, width: number) {
  const { slots, slot, visitors, events, ends } = core
  if (width > 2) throw new PartError('name codes have one or two bytes')
  if (!SLOTS.some((known) => known === slots) || slot >= slots)
    throw new PartError(`there is no slot ${slot} of ${slots}`)
  if (Math.abs(core.day) > LAST_DAY) throw new PartError(`there is no day ${core.day}`)
  if (visitors === 0) throw new PartError('a part has at least one visitor')
  if (!isAscending(ends, events + 1) || ends[0] === 0 || ends[visitors - 1] !== events)
    throw new PartError('the ends of the visitors do not ascend to the number of events')
  if (!isSorted(core))
    throw new PartError('the hashes of the visitors are not sorted, or of another slot')
  if (!isInOrder(core))
    throw new PartError('the times of a visitor are not in order, or of another day')
}

function isSorted({ hi, lo, slot, slots }: Bare): boolean {
  const { from, to } = rangeOfSlot(slot, slots)
  if (hi[0]! < from || hi[hi.length - 1]! >= to) return false
  for (let v = 1; v < hi.length; v++)
    if (hi[v]! < hi[v - 1]! || (hi[v] === hi[v - 1] && lo[v]! <= lo[v - 1]!)) return false
  return true
}

function isInOrder({ ends, ms }: Bare): boolean {
  let event = 0
  for (let v = 0; v < ends.length; v++) {
    let last = 0
    for (const end = ends[v]!; event < end; event++) {
      const time = ms[event]!
      if (time < last) return false
      last = time
    }
    if (last >= DAY_MS) return false
  }
  return true
}

function startsOf({ hi, slot, slots }: Bare): Uint32Array {
  const ranges = MOST_SLOTS / slots
  const starts = new Uint32Array(ranges + 1).fill(hi.length)
  const size = HASHES / MOST_SLOTS
  for (let v = hi.length - 1; v >= 0; v--) starts[Math.floor(hi[v]! / size) - slot * ranges] = v
  for (let range = ranges - 1; range >= 0; range--)
    starts[range] = Math.min(starts[range]!, starts[range + 1]!)
  return starts
}
