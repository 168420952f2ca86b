import { stringify } from 'csv-stringify/sync'

export type Cell = string | number | null

/** Rows as CSV: RFC 4180, safe to open in a spreadsheet. */
export const csvText = (rows: readonly (readonly Cell[])[]): string =>
  stringify([...rows], { escape_formulas: true, record_delimiter: 'windows' })
