/** An event as it is stored. */
export interface Row {
  readonly visitor_id: string
  /** Milliseconds since 1970, whole. */
  readonly at: number
  readonly name: string
  readonly properties: Readonly<Record<string, unknown>>
}
