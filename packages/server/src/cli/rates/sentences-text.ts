import { count, counted, duration, interval, money, percent } from '@weir/client/text'
import type { FunnelAnswer, RateAnswer } from '@weir/contract'
import type { Terminal } from '../terminal.ts'
import { wrapped } from '../wrapped.ts'
import { instantText } from './range-text.ts'
import type { Definition } from './shown-rate.ts'

/** What was divided by what; how long it took, what it brought; and what to beware of. */
export function sentencesText(
  answer: FunnelAnswer,
  definition: Definition,
  { bold, dim, warn, width }: Terminal,
): string {
  const { conversion, question } = answer
  const { funnel, previous_stage, target_action } = conversion.rates
  const told = (text: string) => wrapped(text, width, '  ')
  const lines = [funnel, previous_stage, target_action].flatMap((rate) =>
    rate?.sentence
      ? [
          told(rate.sentence),
          ...(rate.rate === null ? [] : [`    ${bold(percent(rate.rate))}${dim(ofRate(rate))}`]),
        ]
      : [],
  )
  const took = conversion.time_to_convert
  if (took && took.median_seconds !== null) {
    const nine = `nine in ten within ${duration(took.p90_seconds)}`
    lines.push(told(`Half of them within ${duration(took.median_seconds)} of entering, ${nine}.`))
  }
  // Of another stage than a purchase they are no orders.
  const isOrder = question.stages[question.stage - 1]?.events.join() === 'purchase'
  const what = isOrder ? 'order' : 'event'
  for (const { currency, orders, value, average_order_value } of conversion.revenue) {
    const each = money(average_order_value, currency)
    lines.push(told(`${money(value, currency)} in ${counted(orders, what)}, ${each} each.`))
  }
  const young = youngText(answer, definition)
  if (young) lines.push(warn(told(young)))
  const asOf = instantText(answer.as_of, question.time_zone)
  return [...lines, dim(`  As of ${asOf} ${question.time_zone}.`)].join('\n')
}

const ofRate = ({ low, high, too_few, denominator }: RateAnswer): string =>
  `, 95 % interval ${interval(low, high)}${too_few ? `; ${count(denominator)} are too few to rely on` : ''}`

function youngText({ mature, question }: FunnelAnswer, definition: Definition): string | null {
  const rate = mature?.rates[definition]
  if (!mature || !rate || rate.rate === null) return null
  const until = instantText(mature.until, question.time_zone)
  const without = `${percent(rate.rate)}, ${count(rate.numerator)} of ${count(rate.denominator)}`
  return `Some are young: who entered since ${until} may still convert. Without them: ${without}.`
}
