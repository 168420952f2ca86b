import type { Fold } from './fold.ts'

/** Several reports of one kind as one: what each counted, in their order. */
export const foldAll = <Counted>(folds: readonly Fold<Counted>[]): Fold<Counted[]> => ({
  start: () => folds.map((fold) => fold.start()),
  visit: (counted, source) => each(folds, counted, (fold, own) => fold.visit(own, source)),
  settle(counted) {
    for (const [index, fold] of folds.entries()) {
      const own = counted[index]
      if (own !== undefined) fold.settle?.(own)
    }
  },
  merge: (a, b) =>
    folds.map((fold, index) => fold.merge(a[index] ?? fold.start(), b[index] ?? fold.start())),
  finish: (counted) => each(folds, counted, (fold, own) => fold.finish(own)),
})

const each = <Counted>(
  folds: readonly Fold<Counted>[],
  counted: readonly Counted[],
  change: (fold: Fold<Counted>, own: Counted) => Counted,
): Counted[] => folds.map((fold, index) => change(fold, counted[index] ?? fold.start()))
