import { type Funnel, filtersOf } from '../matching/funnel.ts'
import { AMOUNT } from '../properties.ts'
import type { Detail } from './counter.ts'

/**
 * The property columns that a scan must supply for a funnel. Whether an event is a bot's or cookieless is
 * said by its name (`hidden`), or else by columns of their own.
 */
export function columnsOf(funnel: Funnel, detail: Detail = 'all'): string[] {
  const names = new Set(detail === 'all' ? [AMOUNT, 'currency'] : [])
  for (const { property } of filtersOf(funnel)) names.add(property)
  if (funnel.hold !== null) names.add(funnel.hold)
  if (funnel.breakdown !== null) names.add(funnel.breakdown.property)
  return [...names]
}
