import type { Timelines } from '../timeline.ts'

/** A report: a pure function over the timelines of visitors and what was counted so far. */
export interface Fold<Counted> {
  start(): Counted
  /** Adds every visitor of a source. May change `counted` in place; whoever folds uses what is returned. */
  visit(counted: Counted, source: Timelines): Counted
  /** Adds what visit() has put off: to be called after the last one, before anything else. */
  settle?(counted: Counted): void
  /** Joins what was counted over disjoint sets of visitors; may change `a` in place. */
  merge(a: Counted, b: Counted): Counted
  /** What is given in the end, when all is merged. */
  finish(counted: Counted): Counted
}

/** Runs one report over one source. */
export const foldTimelines = <Counted>(fold: Fold<Counted>, source: Timelines): Counted =>
  foldSources(fold, [source])

/** The same over several, in which each visitor is once. */
export function foldSources<Counted>(fold: Fold<Counted>, sources: Iterable<Timelines>): Counted {
  let counted = fold.start()
  for (const source of sources) counted = fold.visit(counted, source)
  fold.settle?.(counted)
  return fold.finish(counted)
}
