/**
 * What one visitor (with `unit: visit`, one visit) did in one funnel and range.
 * Events are named by their position in the visitor's own events, the first being 0.
 */
export interface Match {
  /** Per stage: the chain that first reached it (semantics.md says which one that is), entry first; null where it was not reached. Any order: the events in the order in which they filled stages. */
  readonly chains: readonly (readonly number[] | null)[]
  /** Per stage: every event that fills it in some chain, ascending, once each. */
  readonly fills: readonly (readonly number[])[]
  /** The last required stage reached, counted from 1; 0 when not even the first was. Any order: how many stages. */
  readonly furthest: number
}
