import { stripVTControlCharacters } from 'node:util'

const GAP = '  '

/** Lines of text in columns, two spaces in. `r` in `sides` puts a column on the right; cells may be coloured. */
export function table(rows: readonly (readonly string[])[], sides = ''): string {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, place) =>
    Math.max(...rows.map((row) => widthOf(row[place] ?? ''))),
  )
  const lineOf = (row: readonly string[]) =>
    row
      .map((cell, place) => {
        const space = ' '.repeat((widths[place] ?? 0) - widthOf(cell))
        return sides[place] === 'r' ? space + cell : cell + space
      })
      .join(GAP)
  return rows.map((row) => GAP + lineOf(row).trimEnd()).join('\n')
}

export const widthOfTable = (rows: readonly (readonly string[])[]): number =>
  Math.max(0, ...table(rows).split('\n').map(widthOf))

const segments = new Intl.Segmenter()

/** As many cells as letters: what is wider is rare, and only pushes its own line. */
const widthOf = (text: string): number =>
  [...segments.segment(stripVTControlCharacters(text))].length

/** Text of at most so many letters. */
export function shortened(text: string, most: number): string {
  const letters = [...segments.segment(text)].map(({ segment }) => segment)
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`
}
