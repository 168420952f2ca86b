import type { Chain } from './history.ts'

/** The chains that first reached their stage, out of all that reach it: more than one where they have the same times. */
export function firstChains(chains: readonly Chain[]): Chain[] {
  const [first, ...others] = chains.toSorted(compareChains)
  return first ? [first, ...others.filter((chain) => compareChains(first, chain) === 0)] : []
}

/**
 * The earlier last event goes first; of several the later entry; of those the earlier second event,
 * then third, …
 */
export function compareChains(a: Chain, b: Chain): number {
  const last = a.at(-1)!.at - b.at(-1)!.at
  const entry = b.at(0)!.at - a.at(0)!.at
  const others = a.map((event, i) => event.at - b[i]!.at)
  return [last, entry, ...others].find((difference) => difference !== 0) ?? 0
}
