/** Visitors by the upper half of their hash: `[from, to)`, of 0 to 2 ** 32. */
export interface HashRange {
  readonly from: number
  readonly to: number
}

export const HASHES = 2 ** 32

export const EVERYONE: HashRange = { from: 0, to: HASHES }

/** Cuts all visitors into that many ranges, a power of two. */
export function hashRanges(count: number): HashRange[] {
  const size = HASHES / count
  return Array.from({ length: count }, (_, index) => ({
    from: index * size,
    to: (index + 1) * size,
  }))
}

/** Into how many slots a day may be cut. */
export const SLOTS = [1, 16, 256] as const
export const MOST_SLOTS = 256

/** The cut that comes nearest to 50,000 events a slot. */
export function slotsFor(eventsOfDay: number): number {
  if (eventsOfDay <= 200_000) return 1
  return eventsOfDay <= 3_200_000 ? 16 : 256
}

/** The slot that a visitor is in. */
export const slotOf = (hi: number, slots: number): number => Math.floor(hi / (HASHES / slots))

/** The visitors of one slot. */
export const rangeOfSlot = (slot: number, slots: number): HashRange => ({
  from: slot * (HASHES / slots),
  to: (slot + 1) * (HASHES / slots),
})

export const isSeparate = (a: HashRange, b: HashRange): boolean => a.to <= b.from || b.to <= a.from
