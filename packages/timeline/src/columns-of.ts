import type { Detail } from './counter.ts'
import type { Filter, Funnel } from './funnel.ts'
import { AMOUNT } from './properties.ts'

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

/** Every filter of a funnel, wherever it stands. */
export const filtersOf = (funnel: Funnel): Filter[] => [
  ...funnel.filters,
  ...funnel.stages.flatMap((stage) => stage.filters),
  ...funnel.exclusions.flatMap((exclusion) => exclusion.filters),
]
