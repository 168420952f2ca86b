import { count, counted, duration, interval, money, percent } from '@weir/client/text'
import type { FunnelAnswer } from '@weir/contract'
import type { PageQuestion } from '../question/pageQuestion.ts'
import { rangeText } from './pickers/rangeText.ts'
import { Difference } from './rates/Difference.tsx'
import { TooFew } from './rates/TooFew.tsx'

/** The one number, and the few that it stands on. */
export function Headline(props: { answer: FunnelAnswer; question: PageQuestion }) {
  const { conversion, site_visitors } = props.answer
  const rate = conversion.rates.funnel
  return (
    <section class="headline" aria-labelledby="headline">
      <div class="headline-rate">
        <h1 id="headline">
          Storefront <span>{rangeText(props.question)}</span>
        </h1>
        <p class="big">{percent(rate?.rate ?? null)}</p>
        {rate?.rate == null ? (
          <p class="headline-words">Nobody entered the funnel in this range.</p>
        ) : (
          <p class="headline-words">
            of visitors who entered converted: {count(rate.numerator)} of {count(rate.denominator)}
            <span class="interval">95 % interval {interval(rate.low, rate.high)}</span>
            <Difference difference={props.answer.compare?.differences.at(-1)?.funnel} />
          </p>
        )}
        {rate && <TooFew rate={rate} />}
      </div>
      <dl class="figures">
        <div>
          <dt>Visitors</dt>
          <dd>
            {count(site_visitors)}
            <small>with any event in the range</small>
          </dd>
        </div>
        <div>
          <dt>Orders</dt>
          <dd>
            {count(conversion.events)}
            <small>by {counted(conversion.count, 'visitor')}</small>
          </dd>
        </div>
        <div>
          <dt>Revenue</dt>
          {conversion.revenue.length === 0 && <dd>–</dd>}
          {conversion.revenue.map(({ currency, value, orders, average_order_value }) => (
            <dd key={currency ?? ''}>
              {money(value, currency)}
              <small>
                {counted(orders, 'order')}, on average {money(average_order_value, currency)}
              </small>
            </dd>
          ))}
        </div>
        <div>
          <dt>Median time to convert</dt>
          <dd>
            {duration(conversion.time_to_convert?.median_seconds ?? null)}
            {conversion.time_to_convert && conversion.time_to_convert.count > 0 && (
              <small>nine in ten within {duration(conversion.time_to_convert.p90_seconds)}</small>
            )}
          </dd>
        </div>
      </dl>
    </section>
  )
}
