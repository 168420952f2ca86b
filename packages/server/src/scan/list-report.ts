import {
  type CartsTallies,
  type CartsWish,
  cartColumns,
  cartsFold,
  columnsOf,
  type Fold,
  type Funnel,
  type MembersPage,
  type MembersWish,
  membersFold,
  type ProductsWish,
  type ProductTallies,
  productColumns,
  productsFold,
  type Range,
} from '@weir/timeline'

/** A report that is more than counts of a funnel, as plain data: it goes to the listing thread. */
export type ListReport =
  | { kind: 'members'; funnel: Funnel; range: Range; wish: MembersWish }
  | { kind: 'products'; range: Range; wish: ProductsWish }
  | { kind: 'carts'; range: Range; wish: CartsWish }

/** What each kind gives. */
export interface Listed {
  members: MembersPage
  products: ProductTallies
  carts: CartsTallies
}

export type ReportOf<Kind extends keyof Listed> = ListReport & { kind: Kind }

/** The columns that a report reads, and whether it names visitors. */
export function needsOf(report: ListReport): { columns: string[]; visitorIds: boolean } {
  switch (report.kind) {
    case 'members':
      return { columns: columnsOf(report.funnel, 'counts'), visitorIds: true }
    case 'products':
      return { columns: productColumns(report.wish), visitorIds: false }
    case 'carts':
      return { columns: cartColumns(report.wish), visitorIds: false }
  }
}

/** Runs a report's fold by `run`, whatever it counts. */
export function runReport<Result>(
  report: ListReport,
  run: <Counted>(fold: Fold<Counted>) => Result,
): Result {
  switch (report.kind) {
    case 'members':
      return run(membersFold(report.funnel, report.range, report.wish))
    case 'products':
      return run(productsFold(report.wish, report.range))
    case 'carts':
      return run(cartsFold(report.wish, report.range))
  }
}
