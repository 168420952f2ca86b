import { bar } from './bar.ts'
import { table, widthOfTable } from './table.ts'
import type { Terminal } from './terminal.ts'

const LEAST = 6
const MOST = 20

/** A table of rows, and between its columns, before the one `at`, a bar for each share, where there is room to draw. */
export function tableWithBars(
  {
    head,
    rows,
    sides,
    at,
    shares,
  }: {
    head: readonly string[]
    rows: readonly (readonly string[])[]
    sides: string
    at: number
    shares: readonly number[]
  },
  { bars, width, dim }: Pick<Terminal, 'bars' | 'width' | 'dim'>,
): string {
  const all = [head.map((title) => title && dim(title)), ...rows]
  const cells = Math.min(MOST, width - widthOfTable(all) - 2)
  if (!bars || cells < LEAST) return table(all, sides)
  const drawn = ['', ...shares.map((share) => bar(share, cells))]
  return table(
    all.map((row, place) => row.toSpliced(at, 0, drawn[place] ?? '')),
    `${sides.slice(0, at)}l${sides.slice(at)}`,
  )
}
