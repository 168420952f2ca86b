/** One event of the bench's shop, as ingest would have stored it. */
export interface ShopEvent {
  /** The visitor as a number, for databases that are given one instead of the text. */
  visitor: number
  visitor_id: string
  event_id: string
  /** Milliseconds since 1970. No visitor has two events at one time: peers order equal ones in ways of their own. */
  at: number
  name: string
  properties: Record<string, string | number>
}
