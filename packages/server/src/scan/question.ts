/** What threads may be asked: plain data, for it goes from thread to thread, and how each kind is folded. */
import {
  type CartsTallies,
  type CartsWish,
  cartColumns,
  cartsFold,
  columnsOf,
  type Fold,
  type Funnel,
  type FunnelTally,
  foldAll,
  type MembersPage,
  type MembersWish,
  membersFold,
  type ProductsWish,
  type ProductTallies,
  productColumns,
  productsFold,
  type Range,
} from '@weir/timeline'
import { pack } from './pack.ts'
import { columnsFor, foldOf, type Report } from './report.ts'

/** By kind, what is asked. */
export interface Asked {
  counts: readonly Report[]
  members: { funnel: Funnel; range: Range; wish: MembersWish }
  products: { range: Range; wish: ProductsWish }
  carts: { range: Range; wish: CartsWish }
}

/** By kind, what was counted: by one thread over its ranges, or by all. Plain data too. */
export interface Counted {
  /** For each report one tally for a funnel, one for each bucket of a trend. */
  counts: FunnelTally[][]
  members: MembersPage
  products: ProductTallies
  carts: CartsTallies
}

export type Kind = keyof Counted

interface Way<Asked, Counted> {
  fold(asked: Asked): Fold<Counted>
  columns(asked: Asked): string[]
  /** Whether visitors are named. */
  visitorIds: boolean
  /** Readies what a thread counted to be handed over. */
  pack(counted: Counted): Counted
}

export const WAYS: { [K in Kind]: Way<Asked[K], Counted[K]> } = {
  counts: {
    fold: (reports) => foldAll(reports.map(foldOf)),
    columns: columnsFor,
    visitorIds: false,
    pack,
  },
  members: {
    fold: ({ funnel, range, wish }) => membersFold(funnel, range, wish),
    columns: ({ funnel }) => columnsOf(funnel, 'counts'),
    visitorIds: true,
    pack: (page) => page,
  },
  products: {
    fold: ({ range, wish }) => productsFold(wish, range),
    columns: ({ wish }) => productColumns(wish),
    visitorIds: false,
    pack: (tallies) => tallies,
  },
  carts: {
    fold: ({ range, wish }) => cartsFold(wish, range),
    columns: ({ wish }) => cartColumns(wish),
    visitorIds: false,
    pack: (tallies) => tallies,
  },
}
