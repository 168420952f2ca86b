import type { RevenueAnswer } from '@weir/contract'
import type { Revenue } from '@weir/timeline'

/** Revenue by currency, most orders first, then by its name. Views and chats are worth nothing in no currency: that is no revenue. */
export function revenueRows(revenue: ReadonlyMap<string, Revenue>): RevenueAnswer[] {
  return [...revenue]
    .filter(([currency, { value }]) => currency !== '' || value !== 0)
    .map(([currency, { orders, value }]) => ({
      currency: currency || null,
      orders,
      value: toCents(value),
      average_order_value: toCents(value / orders),
    }))
    .sort((a, b) => b.orders - a.orders || byName(a.currency, b.currency))
}

/** Nothing that is counted has a sequence of currencies. None comes first. */
export const byName = (a: string | null, b: string | null): number =>
  (a ?? '') < (b ?? '') ? -1 : 1

/** Sums of binary fractions end in noise; nobody's currency has more than four decimals. */
export const toCents = (value: number): number => Math.round(value * 10_000) / 10_000
