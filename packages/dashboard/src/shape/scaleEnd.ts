const ENDS = [
  0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8, 1,
] as const

/** The first round share that all of these fit under: where a scale of percentages ends. */
export function scaleEnd(shares: (number | null)[]): number {
  const largest = Math.max(0, ...shares.map((share) => share ?? 0))
  return ENDS.find((end) => largest <= end) ?? 1
}
