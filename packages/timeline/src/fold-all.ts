import type { Fold } from './fold.ts'

/** Several reports of one kind as one: what each counted, in their order. One pass over the timelines. */
export const foldAll = <Counted>(folds: readonly Fold<Counted>[]): Fold<Counted[]> => ({
  start: () => folds.map((fold) => fold.start()),
  visit(counted, timeline) {
    for (const [index, fold] of folds.entries())
      counted[index] = fold.visit(counted[index] ?? fold.start(), timeline)
    return counted
  },
  merge: (a, b) =>
    folds.map((fold, index) => fold.merge(a[index] ?? fold.start(), b[index] ?? fold.start())),
})

/** Two reports of different kinds as one. */
export const foldBoth = <A, B>(first: Fold<A>, second: Fold<B>): Fold<readonly [A, B]> => ({
  start: () => [first.start(), second.start()],
  visit: ([a, b], timeline) => [first.visit(a, timeline), second.visit(b, timeline)],
  merge: (a, b) => [first.merge(a[0], b[0]), second.merge(a[1], b[1])],
})
