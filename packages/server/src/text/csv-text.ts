import { stringify } from 'csv-stringify/sync'

/** A number is a number to a spreadsheet, null an empty cell. */
export type Cell = string | number | null

/**
 * Rows as RFC 4180, UTF-8. A text that a spreadsheet would take for a formula (it begins with = + - @,
 * a tab or a carriage return, or the full-width kin of the first four) begins with ' instead.
 */
export const csvText = (rows: readonly (readonly Cell[])[]): string =>
  stringify([...rows], {
    escape_formulas: true,
    record_delimiter: 'windows',
    // The library quotes a cell only for both together.
    quoted_match: /[\r\n]/,
  })
