/** The one that was probably meant: at most a third of its letters are wrong. */
export function closest(given: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((name) => ({ name, wrong: distance(given, name) }))
    .filter(({ name, wrong }) => wrong <= Math.max(1, name.length / 3))
    .sort((a, b) => a.wrong - b.wrong)
  return best?.name
}

/** Levenshtein's, where two letters that changed places are one mistake: letters to add, drop, change or swap. */
function distance(a: string, b: string): number {
  let [before, row]: number[][] = [[], Array.from({ length: b.length + 1 }, (_, place) => place)]
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const change = (row?.[j] ?? 0) + (letter === other ? 0 : 1)
      const isSwap = i > 0 && j > 0 && letter === b[j - 1] && other === a[i - 1]
      const swap = isSwap ? (before?.[j - 1] ?? 0) + 1 : Infinity
      next.push(Math.min(change, swap, (row?.[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    ;[before, row] = [row, next]
  }
  return row?.at(-1) ?? 0
}
