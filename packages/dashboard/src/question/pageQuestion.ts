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
  /** The stage whose rates are shown in full; null for the last. */
  stage: string | null
  /** The property whose values split the answer; null for none. */
  breakdown: string | null
}

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
  }
}

/** The address that reads back as this question. */
export function pageAddress({ from, to, target, stage, breakdown }: PageQuestion): string {
  const query = new URLSearchParams({ from, to, target })
  if (stage !== null) query.set('stage', stage)
  if (breakdown !== null) query.set('breakdown', breakdown)
  return `/?${query}`
}

/** The question as the API takes it. */
export function ratesAddress(question: PageQuestion, format?: 'csv'): string {
  const { from, to, target, breakdown } = question
  const query = new URLSearchParams({ funnel: 'storefront', from, to, target })
  if (breakdown !== null) query.set('breakdown', breakdown)
  if (format) query.set('format', format)
  return `/v1/rates?${query}`
}
