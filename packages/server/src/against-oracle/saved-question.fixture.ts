import type { FunnelBody, FunnelQuestion } from '@weir/contract'
import type { Filter } from '@weir/timeline'
import fc from 'fast-check'
import type { AnyQuestion } from './any-question.fixture.ts'
import type { ShopSite } from './shop-sites.fixture.ts'

type Query = Record<string, string | string[]>

/** For tests: saves the funnel of a question; gives the address that asks the same by its name. */
export async function saveQuestion(
  site: ShopSite,
  name: string,
  { funnel, question, target }: AnyQuestion,
  /** Whether the funnel is saved with other filters, unit and window, which the address overrides. */
  overrides: boolean,
): Promise<Query> {
  const { stages = [], exclusions, order, unit, window, hold, filters } = question
  const body: FunnelBody = {
    ...{ stages, exclusions, order, hold },
    ...(overrides
      ? { window: '3h', unit: 'visit', filters: [{ property: 'value', op: 'set' }] }
      : { window, unit, filters }),
  }
  const saved = await site.post(`/v1/funnels/${name}`, body, 'PUT')
  if (!saved.ok) throw new Error(await saved.text())
  const own = {
    ...{ funnel: name, from: String(question.from), to: String(question.to) },
    bots: String(funnel.bots),
    cookieless: String(funnel.cookieless),
    ...(target ? { target: target.events.join() } : {}),
    ...breakdownOf(question),
  }
  if (!overrides) return own
  return {
    ...own,
    window: window ?? '7d',
    unit: funnel.unit,
    // No filter is none in an address; this one holds of every event.
    filter: funnel.filters.length > 0 ? funnel.filters.map(filterText) : ['no such thing:unset'],
  }
}

function breakdownOf({ breakdown }: FunnelQuestion): Record<string, string> {
  if (!breakdown) return {}
  const { property, attribution, limit } = breakdown
  return {
    breakdown: property,
    ...(attribution ? { attribution } : {}),
    ...(limit ? { limit: String(limit) } : {}),
  }
}

export const filterText = ({ property, op, value }: Filter): string =>
  value === undefined ? `${property}:${op}` : `${property}:${op}:${value}`

export function addressOf(path: string, query: Query): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    for (const one of [value].flat()) parameters.append(name, one)
  return `${path}?${parameters}`
}

/** For tests: what an address may say beside the funnel, that changes only what is shown. */
export const anyExtras = fc.record({
  overrides: fc.boolean(),
  /** Which stage after the first, by its number or its name. */
  stage: fc.option(fc.tuple(fc.nat(), fc.constantFrom('', 'stage '))),
  only: fc.option(
    fc.constantFrom('funnel' as const, 'previous_stage' as const, 'target_action' as const),
  ),
})

type Extras = typeof anyExtras extends fc.Arbitrary<infer One> ? One : never

export function shownOf({ funnel, target }: AnyQuestion, { stage, only }: Extras) {
  const last = funnel.stages.length
  const number = stage ? 2 + (stage[0] % (last - 1)) : last
  const isAsked = only !== null && (only !== 'target_action' || target !== null)
  const query: Query = {
    ...(stage ? { stage: `${stage[1]}${number}` } : {}),
    ...(isAsked ? { definition: only } : {}),
  }
  return { query, shown: { stage: number, only: isAsked ? only : undefined } }
}
