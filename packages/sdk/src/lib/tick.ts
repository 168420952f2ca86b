let last = 0

/** The time of the next event: later than every one before, though the clock stand or step back. */
export const tick = (at = Date.now()): number => {
  last = Math.max(at, last + 1)
  return last
}
