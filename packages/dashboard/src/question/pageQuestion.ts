import { addDays, isDay } from '../days/day.ts'

/**
 * What the page asks, as it stands in its address: `/?from=2026-10-01&to=2026-11-01&target=add_to_cart`.
 * `from` and `to` are what the API takes (`to` exclusive), and are passed on even when they are no
 * days, so that a wrong link is answered by the server's words and not by another range.
 */
export interface PageQuestion {
  from: string
  to: string
  target: string
  /** The stage whose rates are shown in full, and over time; null for the last. */
  stage: string | null
  /** The property whose values split the answer; null for none. */
  breakdown: string | null
  /** The range that the rates are compared with, as the API takes it; null for none. */
  compare: string | null
  /** The definition of the rate that is shown over time; null for `funnel`. */
  definition: string | null
  /** The bucket of the rate over time; null for what suits the range. */
  interval: string | null
}

const MAY_BE_UNSET = ['stage', 'breakdown', 'compare', 'definition', 'interval'] as const

export const DEFAULT_TARGET = 'add_to_cart'
const DEFAULT_DAYS = 30

/** `days` days up to and including today. */
export const lastDays = (days: number, today: string) => ({
  from: addDays(today, 1 - days),
  to: addDays(today, 1),
})

/** Reads an address's query; what it leaves open is the last 30 days, add_to_cart, the last stage. */
export function readPageQuestion(search: string, today: string): PageQuestion {
  const query = new URLSearchParams(search)
  const to = query.get('to') || addDays(today, 1)
  return {
    from: query.get('from') || addDays(isDay(to) ? to : addDays(today, 1), -DEFAULT_DAYS),
    to,
    target: query.get('target') || DEFAULT_TARGET,
    stage: query.get('stage') || null,
    breakdown: query.get('breakdown') || null,
    compare: query.get('compare') || null,
    definition: query.get('definition') || null,
    interval: query.get('interval') || null,
  }
}

/** The address that reads back as this question. */
export function pageAddress(question: PageQuestion): string {
  const { from, to, target } = question
  const query = new URLSearchParams({ from, to, target })
  for (const name of MAY_BE_UNSET) {
    const value = question[name]
    if (value !== null) query.set(name, value)
  }
  return `/?${query}`
}
