/** What senders know of their events: told by answers alone, never by the database. */
export interface Journal {
  readonly issued: Set<string>
  /** Said to be stored. */
  readonly acknowledged: Set<string>
  /** Said to be wrong, one by one: must never be stored. */
  readonly refused: Set<string>
  /** Requests that have no answer yet. */
  in_flight: number
  /** Requests that never got one, or were told to come back. */
  unanswered: number
  /** Answers that no sender may get. */
  readonly wrong: string[]
}

export const newJournal = (): Journal => ({
  issued: new Set(),
  acknowledged: new Set(),
  refused: new Set(),
  in_flight: 0,
  unanswered: 0,
  wrong: [],
})
