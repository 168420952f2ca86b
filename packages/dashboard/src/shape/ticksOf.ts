/** Which of `columns` equal columns are named below, at `most` so many, and the share of the width at their middles. */
export function ticksOf(columns: number, most: number): { place: number; share: number }[] {
  const ticks = Math.min(most, columns)
  return Array.from({ length: ticks }, (_, tick) => {
    const place = ticks === 1 ? 0 : Math.round((tick * (columns - 1)) / (ticks - 1))
    return { place, share: (place + 0.5) / columns }
  })
}
