/**
 * Asks about a month as one would in a notebook, cell by cell. With the demo running:
 *
 *     npx tsx examples/notebook/notebook.ts 2026-10-01 2026-11-01
 */
import { type RatesQuery, weirClient } from '@weir/client'
import { interval, money, percent } from '@weir/client/text'

const [from = '2026-10-01', to = '2026-11-01'] = process.argv.slice(2)
const weir = weirClient({
  url: process.env.WEIR_URL ?? 'http://127.0.0.1:8787',
  key: process.env.WEIR_KEY ?? 'rk_demo',
})
const month: RatesQuery = { funnel: 'storefront', from, to }

// What share of visitors buys, and how sure is that?
const { stages, conversion } = await weir.rates(month)
console.table(
  stages.map(({ name, count, rates }) => ({
    stage: name,
    visitors: count,
    'of entered': percent(rates.funnel?.rate ?? null),
    'of previous': percent(rates.previous_stage?.rate ?? null),
  })),
)
console.log(conversion.rates.funnel?.sentence)
for (const { currency, value, orders } of conversion.revenue) {
  console.log(`${money(value, currency)} in ${orders} orders`)
}

// On which devices?
const { breakdown } = await weir.rates({ ...month, breakdown: 'device' })
console.table(
  breakdown?.map(({ value, conversion: { rates } }) => ({
    device: value ?? '(unset)',
    buyers: rates.funnel?.numerator,
    visitors: rates.funnel?.denominator,
    rate: percent(rates.funnel?.rate ?? null),
    '95 % interval': interval(rates.funnel?.low ?? null, rates.funnel?.high ?? null),
  })),
)

// Is the second week different from the first?
const day = (ahead: number) =>
  new Date(Date.parse(from) + ahead * 86_400_000).toISOString().slice(0, 10)
const { compare } = await weir.rates({
  ...month,
  from: day(7),
  to: day(14),
  compare: `${from}..${day(7)}`,
})
console.table(
  compare?.differences.map(({ name, funnel }) => ({
    stage: name,
    points: funnel && (100 * funnel.difference).toFixed(2),
    from: funnel && (100 * funnel.low).toFixed(2),
    to: funnel && (100 * funnel.high).toFixed(2),
    chance: funnel && funnel.low <= 0 && funnel.high >= 0 ? 'may be' : 'no',
  })),
)
