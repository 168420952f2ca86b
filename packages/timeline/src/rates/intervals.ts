/** The two-sided 95 % quantile of the normal distribution. */
const Z = 1.959963984540054

export interface Interval {
  readonly low: number
  readonly high: number
}

/** A numerator that is counted out of the denominator. */
export interface Ratio {
  readonly numerator: number
  readonly denominator: number
}

/** Wilson's 95 % score interval (Wilson 1927; Newcombe 1998a, method 3); null where the denominator is 0. */
export function wilson({ numerator, denominator }: Ratio): Interval | null {
  if (denominator === 0) return null
  const share = numerator / denominator
  const spread = Z * Math.sqrt(Z * Z + 4 * numerator * (1 - share))
  const middle = 2 * numerator + Z * Z
  const scale = 2 * (denominator + Z * Z)
  // Exact at both ends: rounding would leave 1e-17 above 0, or 1 below 1.
  const low = numerator === 0 ? 0 : (middle - spread) / scale
  const high = numerator === denominator ? 1 : (middle + spread) / scale
  return { low, high }
}

export interface Difference extends Interval {
  readonly difference: number
}

/** Rate `a` less rate `b`, with Newcombe's hybrid score interval (1998b, method 10); null where a denominator is 0. */
export function newcombe(a: Ratio, b: Ratio): Difference | null {
  const ofA = wilson(a)
  const ofB = wilson(b)
  if (ofA === null || ofB === null) return null
  const rateA = a.numerator / a.denominator
  const rateB = b.numerator / b.denominator
  const difference = rateA - rateB
  return {
    difference,
    low: difference - Math.hypot(rateA - ofA.low, ofB.high - rateB),
    high: difference + Math.hypot(ofA.high - rateA, rateB - ofB.low),
  }
}
