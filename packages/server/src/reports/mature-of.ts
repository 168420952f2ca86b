import type { AskedQuestion, MatureAnswer } from '@weir/contract'
import type { Range } from '@weir/timeline'
import { countsOf } from './answer-part.ts'
import type { Counted } from './count.ts'
import { explained, ratesOf } from './rates-of.ts'

/** The answer for those who have had the whole window. */
export function matureOf(asked: AskedQuestion, range: Range, counted: Counted): MatureAnswer {
  const measured = asked.stage - 1
  return {
    until: new Date(range.to).toISOString(),
    stages: matureStages(asked, counted),
    rates: explained(asked, ratesOf(asked, countsOf(counted), measured), measured),
  }
}

export const matureStages = (asked: AskedQuestion, counted: Counted): MatureAnswer['stages'] =>
  asked.stages.map(({ name }, place) => ({
    stage: place + 1,
    name,
    count: counted.funnel.stages[place]?.count ?? 0,
    rates: ratesOf(asked, countsOf(counted), place),
  }))
