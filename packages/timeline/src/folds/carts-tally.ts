import { addRevenues, type Revenues } from '../counting/revenue.ts'

/** What became of carts. `bought`, `abandoned` and `open` are all of them, but for those that were emptied. */
export interface CartsTally {
  /** Bought within `idle` after their last change. */
  bought: number
  /** Not: those that were bought later too. */
  abandoned: number
  /** Of the abandoned, those that were bought later. */
  recovered: number
  /** Of the others, those whose time for that is not over. */
  may_recover: number
  /** Last changed so lately that they may still be bought within `idle`. */
  open: number
  /** Left with nothing in them. */
  emptied: number
  /** What lay in abandoned carts, by currency, '' where no event named one; `orders` are carts. */
  left: Revenues
  /** What lay in those of them that were recovered. */
  recovered_value: Revenues
}

export const noCarts = (): CartsTally => ({
  bought: 0,
  abandoned: 0,
  recovered: 0,
  may_recover: 0,
  open: 0,
  emptied: 0,
  left: new Map(),
  recovered_value: new Map(),
})

/** Adds what was counted of some carts to another count. */
export function addCarts(sum: CartsTally, own: CartsTally) {
  sum.bought += own.bought
  sum.abandoned += own.abandoned
  sum.recovered += own.recovered
  sum.may_recover += own.may_recover
  sum.open += own.open
  sum.emptied += own.emptied
  addRevenues(sum.left, own.left)
  addRevenues(sum.recovered_value, own.recovered_value)
}
