/** Money of one currency. */
export interface Revenue {
  orders: number
  value: number
}

/** By currency, '' where events name none. */
export type Revenues = Map<string, Revenue>

/** The sum of one currency, 0 at first. */
export function revenueIn(sum: Revenues, currency: string): Revenue {
  const known = sum.get(currency)
  if (known !== undefined) return known
  const none = { orders: 0, value: 0 }
  sum.set(currency, none)
  return none
}

export function addRevenues(sum: Revenues, own: Revenues) {
  for (const [currency, revenue] of own) addRevenue(sum, currency, revenue)
}

export function addRevenue(sum: Revenues, currency: string, { orders, value }: Revenue) {
  const known = revenueIn(sum, currency)
  known.orders += orders
  known.value += value
}
