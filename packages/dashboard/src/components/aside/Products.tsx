import type { ProductsAnswer } from '@weir/contract'
import { instantText } from '../../days/dayText.ts'
import { productsAddress } from '../../question/apiAddress.ts'
import type { PageQuestion } from '../../question/pageQuestion.ts'
import { windowText } from '../../text/windowText.ts'
import { AskedSection } from './AskedSection.tsx'
import { ProductsTable } from './ProductsTable.tsx'

/** Which products were looked at, put into the cart, and bought; the most seen first. */
export const Products = (props: { question: PageQuestion; ready: boolean }) => (
  <AskedSection<ProductsAnswer>
    {...props}
    id="products"
    title="Products"
    address={productsAddress}
    show={(answer) => {
      const { window, time_zone } = answer.question
      if (answer.products.length === 0)
        return <p class="none">No event of this range names a product, by product_id.</p>
      return (
        <>
          <p class="none">
            A rate is the share of those who did the one that did the other with the same product
            within {windowText(window)}.
            {answer.mature_until &&
              ` Who came after ${instantText(answer.mature_until, time_zone)} still has time.`}
          </p>
          <ProductsTable answer={answer} />
        </>
      )
    }}
  />
)
