import type { Timeline, Timelines } from './timeline.ts'

/** A report: a pure function over one visitor's timeline and what was counted so far. */
export interface Fold<Counted> {
  start(): Counted
  /** May change `counted` in place; whoever folds uses what is returned. */
  visit(counted: Counted, timeline: Timeline): Counted
  /** Joins what was counted over disjoint sets of visitors. */
  merge(a: Counted, b: Counted): Counted
}

/** Runs one report over every visitor. */
export function foldTimelines<Counted>(
  fold: Fold<Counted>,
  source: Timelines,
  counted = fold.start(),
): Counted {
  const timeline: Timeline = { source, visitor: 0, begin: 0, end: 0 }
  for (let visitor = 0; visitor < source.ends.length; visitor++) {
    timeline.visitor = visitor
    timeline.begin = timeline.end
    timeline.end = source.ends[visitor] ?? 0
    counted = fold.visit(counted, timeline)
  }
  return counted
}
