const ENDS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.4, 0.5, 0.6, 0.8, 1] as const

/** The first round share that all of these fit under: where a scale of percentages ends. */
export function scaleEnd(shares: (number | null)[]): number {
  const largest = Math.max(0, ...shares.map((share) => share ?? 0))
  return ENDS.find((end) => largest <= end) ?? 1
}
