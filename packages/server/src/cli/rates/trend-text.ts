import { count, interval } from '@weir/client/text'
import type { FunnelAnswer, PointAnswer } from '@weir/contract'
import { tableWithBars } from '../table-with-bars.ts'
import type { Terminal } from '../terminal.ts'
import { instantText } from './range-text.ts'
import { type Definition, rateCell } from './shown-rate.ts'

/** A row for each bucket; those that are young say so. */
export function trendText(
  { question }: FunnelAnswer,
  points: readonly PointAnswer[],
  definition: Definition,
  terminal: Terminal,
): string {
  const rates = points.map(({ conversion }) => conversion.rates[definition])
  const largest = Math.max(0, ...rates.map((rate) => rate?.rate ?? 0))
  const rows = points.map(({ from, mature }, place) => {
    const rate = rates[place] ?? null
    return [
      instantText(from, question.time_zone),
      count(rate?.numerator ?? 0),
      count(rate?.denominator ?? 0),
      rateCell(rate),
      rate ? interval(rate.low, rate.high) : '',
      mature ? '' : terminal.warn('young'),
    ]
  })
  const head = ['entered from', 'converted', 'of', 'rate', '95 % interval']
  const shares = rates.map((rate) => (largest === 0 ? 0 : (rate?.rate ?? 0) / largest))
  return tableWithBars({ head, rows, sides: 'lrrrrl', at: 5, shares }, terminal)
}
