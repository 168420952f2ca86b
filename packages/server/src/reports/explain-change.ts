/**
 * What made a rate change, from one range to another.
 *
 * 1. By stage: the `funnel` rate is the product of the steps from one required stage to the next. Where nobody
 *    could take a step, it counts as unchanged.
 * 2. By row of the breakdown: as another share of those who entered, and as another rate.
 */
import type {
  AskedQuestion,
  DifferenceAnswer,
  ExplainedChange,
  RowContribution,
  StageContribution,
} from '@weir/contract'
import {
  factorContributions,
  newcombe,
  type Ratio,
  rate,
  rowContributions,
  type Tally,
} from '@weir/timeline'
import type { Counted } from './count.ts'
import type { ResolvedQuestion } from './resolve-question.ts'

export function explainChange(
  { asked, limit }: ResolvedQuestion,
  now: Counted,
  then: Counted,
): ExplainedChange | null {
  const [old, own] = [ratioOf(asked, then.funnel), ratioOf(asked, now.funnel)]
  if (old.denominator === 0 || own.denominator === 0) return null
  const difference = own.numerator / own.denominator - old.numerator / old.denominator
  const by_stage = byStage(asked, now.funnel, then.funnel)
  const { by_value, other } = byValue(asked, now, then, limit)
  // What went the other way, however far, is not what made it.
  const isCause = ({ contribution }: { contribution: number }) => contribution * difference > 0
  const causes = { stage: by_stage.find(isCause), row: by_value?.find(isCause) }
  const sentence = sentenceOf(asked, newcombe(own, old), causes)
  return { difference, sentence, by_stage, by_value, other }
}

const countAt = ({ stages }: Tally, place: number): number => stages[place]?.count ?? 0

const ratioOf = ({ stage }: AskedQuestion, tally: Tally): Ratio => ({
  numerator: countAt(tally, stage - 1),
  denominator: countAt(tally, 0),
})

/** The steps to the stage asked for: over those before it that are not optional. */
function byStage(asked: AskedQuestion, now: Tally, then: Tally): ExplainedChange['by_stage'] {
  const rungs = asked.stages.flatMap(({ name, optional }, place) => {
    const isOn = place + 1 < asked.stage ? !optional : place + 1 === asked.stage
    return isOn ? [{ place, name }] : []
  })
  const steps = rungs.slice(1).map(({ place, name }, index) => {
    const from = rungs[index]?.place ?? 0
    return {
      stage: place + 1,
      name,
      now: stepOf(now, from, place),
      before: stepOf(then, from, place),
    }
  })
  const contributions = factorContributions(
    steps.map((step) => step.before ?? step.now ?? 0),
    steps.map((step) => step.now ?? step.before ?? 0),
  )
  return steps
    .map((step, index) => ({ ...step, contribution: contributions[index] ?? 0 }))
    .sort(bySize)
}

const stepOf = (tally: Tally, from: number, to: number): number | null =>
  countAt(tally, from) === 0 ? null : countAt(tally, to) / countAt(tally, from)

const bySize = (a: { contribution: number }, b: { contribution: number }): number =>
  Math.abs(b.contribution) - Math.abs(a.contribution)

function byValue(
  asked: AskedQuestion,
  now: Counted,
  then: Counted,
  limit: number,
): Pick<ExplainedChange, 'by_value' | 'other'> {
  if (!now.funnel.rows || !then.funnel.rows) return { by_value: null, other: null }
  const values = [...new Set([...now.funnel.rows.keys(), ...then.funnel.rows.keys()])]
  const ratioIn = ({ funnel }: Counted, value: string | null): Ratio => {
    const row = funnel.rows?.get(value)
    return row ? ratioOf(asked, row) : { numerator: 0, denominator: 0 }
  }
  const pairs = values.map((value) => ({ now: ratioIn(now, value), before: ratioIn(then, value) }))
  const contributions = rowContributions(pairs) ?? []
  const rows = values.map((value, index) => {
    const { mix, rate } = contributions[index] ?? { mix: 0, rate: 0 }
    const pair = pairs[index] ?? { now: ratioIn(now, value), before: ratioIn(then, value) }
    return { value, ...pair, mix, rate, contribution: mix + rate }
  })
  rows.sort((a, b) => bySize(a, b) || (String(a.value) < String(b.value) ? -1 : 1))
  const rest = rows.slice(limit)
  return {
    by_value: rows.slice(0, limit).map((row) => ({ ...row, ...ratesIn(row) })),
    other: rest.length === 0 ? null : sumOf(rest),
  }
}

type Row = { now: Ratio; before: Ratio; mix: number; rate: number; contribution: number }

const ratesIn = ({ now, before }: Pick<Row, 'now' | 'before'>) => ({
  now: rate(now.numerator, now.denominator),
  before: rate(before.numerator, before.denominator),
})

function sumOf(rows: readonly Row[]): RowContribution {
  const sum = (pick: (row: Row) => number) => rows.reduce((total, row) => total + pick(row), 0)
  const ratio = (when: 'now' | 'before') => ({
    numerator: sum((row) => row[when].numerator),
    denominator: sum((row) => row[when].denominator),
  })
  return {
    ...ratesIn({ now: ratio('now'), before: ratio('before') }),
    mix: sum(({ mix }) => mix),
    rate: sum((row) => row.rate),
    contribution: sum(({ contribution }) => contribution),
  }
}

function sentenceOf(
  { breakdown }: AskedQuestion,
  change: DifferenceAnswer | null,
  {
    stage,
    row,
  }: {
    stage: StageContribution | undefined
    row: NonNullable<ExplainedChange['by_value']>[number] | undefined
  },
): string {
  if (change === null || change.difference === 0) return 'The rate is what it was.'
  const { difference, low, high } = change
  const points = (share: number) => (share * 100).toFixed(2)
  const chance =
    low <= 0 && high >= 0
      ? ` The 95 % interval of the change, ${points(low)} to ${points(high)}, includes 0: it may be chance.`
      : ''
  const most = `The rate ${difference > 0 ? 'rose' : 'fell'} by ${points(Math.abs(difference))} percentage points; most by the step to ${stage?.name}`
  if (!row) return `${most}.${chance}`
  const how = Math.abs(row.mix) > Math.abs(row.rate) ? 'its share of those who entered' : 'its rate'
  return `${most}, and by ${breakdown?.property} = ${row.value ?? '(unset)'}, through ${how}.${chance}`
}
