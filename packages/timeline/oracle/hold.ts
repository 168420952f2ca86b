import type { Funnel } from '../src/matching/funnel.ts'
import { valuesOf } from './filter.ts'
import type { Chain, HistoryEvent } from './history.ts'

/** The texts that all events of a chain carry in the held property; where nothing is held, one null that stands for all. */
export function commonValues(funnel: Funnel, chain: Chain): (string | null)[] {
  const { hold } = funnel
  if (hold === null) return [null]
  const texts = chain.map((event) => textsOf(event, hold))
  return [...new Set(texts.flat())].filter((text) => texts.every((own) => own.includes(text)))
}

/** Whether an event, being excluded, counts against the chains of `value`: it carries it, or none. */
export function concerns(funnel: Funnel, value: string | null, event: HistoryEvent): boolean {
  if (funnel.hold === null || value === null) return true
  const own = textsOf(event, funnel.hold)
  return own.length === 0 || own.includes(value)
}

const textsOf = (event: HistoryEvent, property: string) => valuesOf(event, property).map(String)
