/** One flag for each range of a question, shared by all threads: whether it is taken. */
export const noneTaken = (ranges: number): SharedArrayBuffer => new SharedArrayBuffer(ranges)

/** Leaves none to take. */
export function takeAll(flags: SharedArrayBuffer) {
  const taken = new Uint8Array(flags)
  for (let range = 0; range < taken.length; range++) Atomics.store(taken, range, 1)
}

/** Which of the threads takes. */
export interface Share {
  index: number
  of: number
}

/**
 * The ranges that a thread takes: its own, the same for every question, so that it finds what it kept of
 * them; then, if it `helps`, those that the others have not begun, from their ends.
 */
export function* takeRanges(
  flags: SharedArrayBuffer,
  { index, of }: Share,
  helps: boolean,
): Generator<number> {
  const taken = new Uint8Array(flags)
  const begin = Math.floor((index * taken.length) / of)
  const end = Math.floor(((index + 1) * taken.length) / of)
  const isFree = (range: number) => Atomics.exchange(taken, range, 1) === 0
  for (let range = begin; range < end; range++) if (isFree(range)) yield range
  if (!helps) return
  for (let range = taken.length - 1; range >= 0; range--) if (isFree(range)) yield range
}
