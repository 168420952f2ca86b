import { PRODUCT_SORTS, type ProductCounts, type ProductsAnswer } from '@weir/contract'
import { oracleProducts, type PlainProduct } from '@weir/timeline/oracle'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { howLong } from '../../../how-long.ts'
import { anyFilters, anyRange, anyWindow } from './any-question.fixture.ts'
import { revenueOf } from './expected-part.fixture.ts'
import { inOneSequence } from './in-one-sequence.fixture.ts'
import { rateOf } from './plain-arithmetic.fixture.ts'
import { addressOf, filterText } from './saved-question.fixture.ts'
import { SEED, type ShopSites, siteIn, startShopSites } from './shop-sites.fixture.ts'

let shops: ShopSites
beforeAll(async () => {
  shops = await startShopSites()
})
afterAll(() => shops.weir.stop())

const anyWish = fc.record({
  site: fc.nat({ max: 1 }),
  range: anyRange(),
  window: anyWindow,
  by: fc.constantFrom('product_id', 'product_id', 'utm_campaign', 'cart_id'),
  sort: fc.constantFrom(...PRODUCT_SORTS),
  limit: fc.constantFrom(1, 2, 25),
  filters: anyFilters,
  bots: fc.boolean(),
  cookieless: fc.boolean(),
})

it(`GET /v1/products says what the oracle counts (seed ${SEED})`, async () => {
  const seen = { products: 0, bought: 0, others: 0 }
  await fc.assert(
    fc.asyncProperty(anyWish, async ({ range, window: [window, window_ms], filters, ...wish }) => {
      const { by, sort, limit, bots, cookieless } = wish
      const site = siteIn(shops, wish.site)
      const query = {
        ...{ from: String(range.text.from), to: String(range.text.to) },
        ...{ window, by, sort, limit: String(limit), filter: filters.map(filterText) },
        ...{ bots: String(bots), cookieless: String(cookieless) },
      }
      const answer = await site.ask<ProductsAnswer>(addressOf('/v1/products', query))
      const counted = oracleProducts(
        { by, window_ms, filters, bots, cookieless },
        range.ms,
        site.events,
      )
      const shown = answer.products.map(({ product }) => product)
      const rest = [...counted].filter(([product]) => !shown.includes(product))
      const { products, other } = answer
      expect(products.length + (other?.products ?? 0)).toBe(counted.size)
      expect(products.length).toBeLessThanOrEqual(limit)
      expect(inOneSequence(products)).toEqual(
        inOneSequence(
          shown.map((product) => ({ product, ...countsOf(counted.get(product) ?? sumOf([])) })),
        ),
      )
      const sum = sumOf(rest.map(([, product]) => product))
      expect(inOneSequence(other)).toEqual(
        rest.length === 0 ? null : inOneSequence({ products: rest.length, ...countsOf(sum) }),
      )
      if (sort !== 'revenue') {
        const sizes = products.map((product) => sizeOf(product, sort))
        expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
      }
      const until = Math.min(range.ms.to, shops.clock.now - window_ms)
      const isPart = until > range.ms.from && until < range.ms.to
      expect(answer.mature_until).toBe(isPart ? new Date(until).toISOString() : null)
      seen.products += products.length
      seen.bought += products.filter(({ rates }) => rates.view_to_purchase.numerator > 0).length
      seen.others += rest.length
    }),
    { numRuns: howLong(25), seed: SEED },
  )
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(2)
})

const countsOf = (product: PlainProduct) => ({
  viewers: product.viewers,
  adders: product.adders,
  buyers: product.buyers,
  rates: {
    view_to_cart: rateOf(product.viewers_who_added, product.viewers),
    cart_to_purchase: rateOf(product.adders_who_bought, product.adders),
    view_to_purchase: rateOf(product.viewers_who_bought, product.viewers),
  },
  units: product.units,
  revenue: revenueOf(product),
})

function sizeOf(
  { rates, ...counts }: ProductCounts,
  sort: Exclude<(typeof PRODUCT_SORTS)[number], 'revenue'>,
): number {
  if (sort === 'viewers' || sort === 'adders' || sort === 'buyers' || sort === 'units')
    return counts[sort]
  return rates[sort].rate ?? -1
}

function sumOf(products: readonly PlainProduct[]): PlainProduct {
  const sum = (pick: (product: PlainProduct) => number) =>
    products.reduce((total, product) => total + pick(product), 0)
  const revenue: PlainProduct['revenue'] = new Map()
  for (const [currency, { orders, value }] of products.flatMap((product) => [...product.revenue])) {
    const own = revenue.get(currency) ?? { orders: 0, value: 0 }
    revenue.set(currency, { orders: own.orders + orders, value: own.value + value })
  }
  return {
    viewers: sum(({ viewers }) => viewers),
    viewers_who_added: sum(({ viewers_who_added }) => viewers_who_added),
    viewers_who_bought: sum(({ viewers_who_bought }) => viewers_who_bought),
    adders: sum(({ adders }) => adders),
    adders_who_bought: sum(({ adders_who_bought }) => adders_who_bought),
    buyers: sum(({ buyers }) => buyers),
    units: sum(({ units }) => units),
    revenue,
  }
}
