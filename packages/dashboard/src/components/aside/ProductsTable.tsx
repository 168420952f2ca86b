import { count, counted, money } from '@weir/client/text'
import type { ProductCounts, ProductsAnswer } from '@weir/contract'
import { RateInLine } from '../rates/RateInLine.tsx'
import { Scrolling } from '../Scrolling.tsx'

/** A row a product, and one for all that are not shown. */
export const ProductsTable = ({ answer: { products, other } }: { answer: ProductsAnswer }) => (
  <div class="numbers">
    <Scrolling name="Table of products">
      <table>
        <thead>
          <tr>
            <th scope="col">Product</th>
            <th scope="col">
              Viewers <span>saw it</span>
            </th>
            <th scope="col">
              Adders <span>into the cart</span>
            </th>
            <th scope="col">
              Buyers <span>bought it</span>
            </th>
            <th scope="col">Added of viewers</th>
            <th scope="col">Bought of adders</th>
            <th scope="col">Bought of viewers</th>
            <th scope="col">Revenue</th>
          </tr>
        </thead>
        <tbody>
          {products.map((row) => (
            <Row key={row.product} name={row.product || '(empty)'} row={row} />
          ))}
          {other && <Row name={counted(other.products, 'other', 'others')} row={other} />}
        </tbody>
      </table>
    </Scrolling>
  </div>
)

const Row = ({ name, row }: { name: string; row: ProductCounts }) => (
  <tr>
    <th scope="row">{name}</th>
    <td>{count(row.viewers)}</td>
    <td>{count(row.adders)}</td>
    <td>{count(row.buyers)}</td>
    <td>
      <RateInLine rate={row.rates.view_to_cart} />
    </td>
    <td>
      <RateInLine rate={row.rates.cart_to_purchase} />
    </td>
    <td>
      <RateInLine rate={row.rates.view_to_purchase} />
    </td>
    <td>
      {row.revenue.length === 0 && <span class="none">–</span>}
      {row.revenue.map(({ currency, value }) => (
        <div key={currency ?? ''}>{money(value, currency)}</div>
      ))}
    </td>
  </tr>
)
