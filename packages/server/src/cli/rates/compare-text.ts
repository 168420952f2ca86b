import { points } from '@weir/client/text'
import type { CompareAnswer, DifferenceAnswer, FunnelAnswer } from '@weir/contract'
import { shortened, table } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { rangeText } from './range-text.ts'
import { type Definition, rateCell } from './shown-rate.ts'

const NAME = 18

/** What it was in the other range, and whether the difference is more than chance. */
export function compareText(
  { question, stages }: FunnelAnswer,
  compare: CompareAnswer,
  definition: Definition,
  { dim, good, bad }: Terminal,
): string {
  const rows = compare.differences.map(({ stage, name, ...differences }, place) => {
    const difference = differences[definition]
    return [
      String(stage),
      shortened(name, NAME),
      rateCell(compare.stages[place]?.rates[definition] ?? null),
      rateCell(stages[place]?.rates[definition] ?? null),
      difference ? points(difference.difference) : '',
      difference ? `${points(difference.low)} to ${points(difference.high)}` : '',
      difference?.difference ? verdict(difference, { good, bad, dim }) : '',
    ]
  })
  const head = ['', 'stage', 'then', 'now', 'points', '95 % interval']
  return `Compared with ${rangeText(compare, question.time_zone)}
${table([head.map((title) => dim(title)), ...rows], 'rlrrrrl')}`
}

function verdict(
  { low, high }: DifferenceAnswer,
  { good, bad, dim }: Pick<Terminal, 'good' | 'bad' | 'dim'>,
): string {
  if (low > 0) return good('more')
  return high < 0 ? bad('less') : dim('may be chance')
}
