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
  type Rooms,
} from '@weir/timeline'
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
  /** What it counts may stand in one of the rooms, until they are taken back. */
  fold(asked: Asked, rooms?: Rooms): Fold<Counted>
  columns(asked: Asked): string[]
  /** Whether visitors are named. */
  visitorIds: boolean
}

export const WAYS: { [K in Kind]: Way<Asked[K], Counted[K]> } = {
  counts: {
    fold: (reports, rooms) => foldAll(reports.map((report) => foldOf(report, rooms))),
    columns: columnsFor,
    visitorIds: false,
  },
  members: {
    fold: ({ funnel, range, wish }) => membersFold(funnel, range, wish),
    columns: ({ funnel }) => columnsOf(funnel, 'counts'),
    visitorIds: true,
  },
  products: {
    fold: ({ range, wish }) => productsFold(wish, range),
    columns: ({ wish }) => productColumns(wish),
    visitorIds: false,
  },
  carts: {
    fold: ({ range, wish }) => cartsFold(wish, range),
    columns: ({ wish }) => cartColumns(wish),
    visitorIds: false,
  },
}
