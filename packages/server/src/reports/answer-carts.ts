import {
  type CartCounts,
  type CartsAnswer,
  type CartValue,
  durationMs,
  type Site,
} from '@weir/contract'
import {
  addCarts,
  type CartsTallies,
  type CartsTally,
  noCarts,
  type Revenue,
  rate,
} from '@weir/timeline'
import type { Backend } from '../backend.ts'
import { cartDefinitions } from './cart-definitions.ts'
import { CART_LIFE, type CartsQuery } from './carts-query.ts'
import { filterOf } from './resolve-question.ts'
import { resolveRange } from './resolve-range.ts'
import { byName, toCents } from './revenue-rows.ts'
import { warningsOf } from './warnings-of.ts'

const DEFAULT_LIMIT = 25
const LIFE_MS = durationMs(CART_LIFE) ?? 0
const EVENTS = { add: 'add_to_cart', remove: 'remove_from_cart', purchase: 'purchase' } as const

/** Of which times events are read, both ends included: afterwards no cart of the range can change. */
export function cartsRead(query: CartsQuery, site: Site): { from: number; until: number } {
  const { from, to } = resolveRange(query, site.time_zone)
  return { from: from - LIFE_MS, until: to - 1 + LIFE_MS }
}

/** What the question names that the site never sent. */
export const cartsWarnings = (
  { db }: Pick<Backend, 'db'>,
  site: Site,
  { filter = [], breakdown }: CartsQuery,
): Promise<string[]> =>
  warningsOf(db.reports, site.id, {
    events: [],
    properties: [
      ...filter.map(({ property }) => property),
      ...(breakdown === undefined ? [] : [breakdown]),
    ],
  })

/** What became of the carts that were last changed in the range. */
export async function answerCarts(
  backend: Backend,
  site: Site,
  query: CartsQuery,
  signal?: AbortSignal,
): Promise<CartsAnswer> {
  const { idle, breakdown = null, limit = DEFAULT_LIMIT, bots = false, cookieless = false } = query
  const range = resolveRange(query, site.time_zone)
  const idle_ms = durationMs(idle) ?? 0
  const filters = query.filter ?? []
  const as_of = backend.now()
  const wish = {
    ...EVENTS,
    ...{ idle_ms, life_ms: LIFE_MS, as_of, bots, cookieless, breakdown },
    filters: filters.map(filterOf),
  }
  const tallies = await backend.scan.ask(
    site.id,
    'carts',
    { range, wish },
    cartsRead(query, site),
    signal,
  )
  return {
    question: {
      from: new Date(range.from).toISOString(),
      to: new Date(range.to).toISOString(),
      time_zone: site.time_zone,
      ...{ idle, filters, bots, cookieless },
      breakdown: breakdown === null ? null : { property: breakdown, limit },
      definitions: cartDefinitions(idle, CART_LIFE),
      warnings: await cartsWarnings(backend, site, query),
    },
    as_of: new Date(as_of).toISOString(),
    ...countsOf(sumOf(tallies.values())),
    ...(breakdown === null ? { breakdown: null, other: null } : rowsOf(tallies, limit)),
  }
}

function rowsOf(tallies: CartsTallies, limit: number): Pick<CartsAnswer, 'breakdown' | 'other'> {
  const rows = Array.from(tallies, ([value, tally]) => ({ value, tally }))
  rows.sort(
    (a, b) => cartsIn(b.tally) - cartsIn(a.tally) || (String(a.value) < String(b.value) ? -1 : 1),
  )
  const rest = rows.slice(limit).map(({ tally }) => tally)
  return {
    breakdown: rows.slice(0, limit).map(({ value, tally }) => ({ value, ...countsOf(tally) })),
    other: rest.length === 0 ? null : countsOf(sumOf(rest)),
  }
}

function sumOf(tallies: Iterable<CartsTally>): CartsTally {
  const sum = noCarts()
  for (const tally of tallies) addCarts(sum, tally)
  return sum
}

const cartsIn = ({ bought, abandoned, open }: CartsTally): number => bought + abandoned + open

function countsOf({ left, recovered_value, ...counts }: CartsTally): CartCounts {
  const { bought, abandoned, recovered } = counts
  return {
    carts: bought + abandoned + counts.open,
    ...counts,
    rates: {
      abandoned: rate(abandoned, bought + abandoned),
      recovered: rate(recovered, abandoned),
    },
    value_left: valuesOf(left),
    value_recovered: valuesOf(recovered_value),
  }
}

const valuesOf = (values: ReadonlyMap<string, Revenue>): CartValue[] =>
  [...values]
    .filter(([currency, { value }]) => currency !== '' || value !== 0)
    .map(([currency, { orders, value }]) => ({
      currency: currency || null,
      carts: orders,
      value: toCents(value),
    }))
    .sort((a, b) => b.carts - a.carts || byName(a.currency, b.currency))
