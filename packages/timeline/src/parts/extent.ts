/** Where something stands in bytes: from `begin` up to, not including, `end`. */
export interface Extent {
  readonly begin: number
  readonly end: number
}
