import type { Chain } from './history.ts'

/** The chain that first reached its stage, out of all that reach it; null without any. */
export function firstChain(chains: readonly Chain[]): Chain | null {
  return chains.toSorted(compareChains)[0] ?? null
}

/**
 * The earlier last event goes first; of several the later entry; of those the earlier second event,
 * then third, … Chains with the same times are equally first.
 */
export function compareChains(a: Chain, b: Chain): number {
  const last = a.at(-1)!.at - b.at(-1)!.at
  const entry = b.at(0)!.at - a.at(0)!.at
  const others = a.map((event, i) => event.at - b[i]!.at)
  return [last, entry, ...others].find((difference) => difference !== 0) ?? 0
}
