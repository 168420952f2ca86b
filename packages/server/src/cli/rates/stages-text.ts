import { count } from '@weir/client/text'
import type { FunnelAnswer } from '@weir/contract'
import { shortened } from '../table.ts'
import { tableWithBars } from '../table-with-bars.ts'
import type { Terminal } from '../terminal.ts'
import { rateCell, titleOf } from './shown-rate.ts'

const NAME = 26

/** The stages, one below the other. */
export function stagesText({ stages }: FunnelAnswer, terminal: Terminal): string {
  const shown = (['funnel', 'previous_stage', 'target_action'] as const).filter((definition) =>
    stages.some(({ rates }) => rates[definition]),
  )
  const entered = stages[0]?.count ?? 0
  const head = ['', 'stage', 'reached', ...shown.map(titleOf)]
  const rows = stages.map(({ stage, name, optional, count: reached, rates }) => [
    String(stage),
    shortened(name, NAME) + (optional ? terminal.dim(' optional') : ''),
    count(reached),
    ...shown.map((definition) => rateCell(rates[definition])),
  ])
  const shares = stages.map(({ count: reached }) => (entered === 0 ? 0 : reached / entered))
  return tableWithBars({ head, rows, sides: 'rlrrrr', at: 3, shares }, terminal)
}
