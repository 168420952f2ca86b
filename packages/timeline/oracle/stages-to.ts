import type { Funnel } from '../src/matching/funnel.ts'

/** What a chain to stage k fills, as numbers from 1: the required stages before k, and k itself. Any order: k stages, whichever. */
export function stagesTo(funnel: Funnel, k: number): number[] {
  const upTo = funnel.stages.slice(0, k).map((stage, i) => ({ stage, number: i + 1 }))
  return upTo
    .filter(({ stage, number }) => number === k || !stage.optional)
    .map(({ number }) => number)
}
