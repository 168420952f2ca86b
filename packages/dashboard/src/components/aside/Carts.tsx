import { count, counted, interval, money, percent } from '@weir/client/text'
import type { CartsAnswer, RateAnswer } from '@weir/contract'
import type { ComponentChildren } from 'preact'
import { cartsAddress } from '../../question/apiAddress.ts'
import type { PageQuestion } from '../../question/pageQuestion.ts'
import { windowText } from '../../text/windowText.ts'
import { AskedSection } from './AskedSection.tsx'

/** How many carts were left behind, how many of those were bought later, and what they held. */
export const Carts = (props: { question: PageQuestion; ready: boolean }) => (
  <AskedSection<CartsAnswer>
    {...props}
    id="carts"
    title="Carts"
    address={cartsAddress}
    show={(answer) => {
      if (answer.carts === 0)
        return <p class="none">Nobody left anything in a cart, or bought one, in this range.</p>
      const { carts, open, rates, may_recover, value_left, value_recovered } = answer
      return (
        <dl class="figures">
          <Figure
            name="Carts"
            small={open > 0 ? `${count(open)} of them may be bought yet` : 'with something in them'}
          >
            {count(carts)}
          </Figure>
          <Figure
            name="Abandoned"
            small={`${rateText(rates.abandoned)}; not bought within ${windowText(answer.question.idle)}`}
          >
            {percent(rates.abandoned.rate)}
          </Figure>
          <Figure
            name="Recovered"
            small={`${rateText(rates.recovered)}; bought later${may_recover > 0 ? `, and ${count(may_recover)} may be yet` : ''}`}
          >
            {percent(rates.recovered.rate)}
          </Figure>
          <div>
            <dt>Left behind</dt>
            {value_left.length === 0 && <dd>–</dd>}
            {value_left.map(({ currency, value, carts }) => (
              <dd key={currency ?? ''}>
                {money(value, currency)}
                <small>
                  in {counted(carts, 'abandoned cart')}
                  {value_recovered
                    .filter((recovered) => recovered.currency === currency)
                    .map((recovered) => `; ${money(recovered.value, currency)} bought later`)}
                </small>
              </dd>
            ))}
          </div>
        </dl>
      )
    }}
  />
)

const Figure = (props: { name: string; small: string; children: ComponentChildren }) => (
  <div>
    <dt>{props.name}</dt>
    <dd>
      {props.children}
      <small>{props.small}</small>
    </dd>
  </div>
)

const rateText = ({ numerator, denominator, low, high }: RateAnswer) =>
  denominator === 0
    ? 'of none'
    : `${count(numerator)} of ${count(denominator)}, ${interval(low, high)}`
