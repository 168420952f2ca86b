/** The first position from `begin` up to `end` whose number is `limit` or more; `end` if there is none. */
export function lowerBound(
  numbers: Uint32Array,
  limit: number,
  begin: number,
  end: number,
): number {
  let low = begin
  let high = end
  while (low < high) {
    const middle = (low + high) >>> 1
    if (numbers[middle]! < limit) low = middle + 1
    else high = middle
  }
  return low
}
