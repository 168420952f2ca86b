import type { FunnelAnswer } from '@weir/contract'
import { useAnswer } from '../../api/useAnswer.ts'
import { trendAddress } from '../../question/apiAddress.ts'
import { usualInterval } from '../../question/intervals.ts'
import type { PageQuestion } from '../../question/pageQuestion.ts'
import { definitionOf } from '../../text/definitionText.ts'
import { Elsewhere } from '../elsewhere/Elsewhere.tsx'
import { FailureNotice } from '../notices/FailureNotice.tsx'
import { TrendChart } from './TrendChart.tsx'
import { TrendPicks } from './TrendPicks.tsx'
import { TrendTable } from './TrendTable.tsx'

/** How one rate went over time: as a picture, and as the same numbers in a table. */
export function Trend(props: {
  question: PageQuestion
  stages: FunnelAnswer['stages']
  /** False while what stands above is measured: it comes first. */
  ready: boolean
}) {
  const { question, stages } = props
  const { answer, failure, asking, again } = useAnswer<FunnelAnswer>(
    props.ready ? trendAddress(question) : null,
  )
  const stage = stages.find(({ name }) => name === question.stage) ?? stages.at(-1)
  const definition = definitionOf(question.definition)
  const interval = answer?.question.interval ?? usualInterval(question.from, question.to)
  const points = (answer?.points ?? []).map(({ from, to, mature, ...point }) => ({
    ...{ from, to, mature },
    rate: point.stages.find((one) => one.stage === stage?.stage)?.rates[definition] ?? null,
  }))
  const shown = { points, interval, timeZone: answer?.question.time_zone ?? 'UTC' }
  return (
    <section class="trend" aria-labelledby="trend" aria-busy={asking}>
      <h2 id="trend">Over time</h2>
      <TrendPicks
        question={question}
        stages={stages}
        stage={stage?.name ?? ''}
        definition={definition}
      />
      {failure && <FailureNotice failure={failure} onAgain={again} />}
      {!failure && !answer && <div class="plot-to-come" />}
      {answer && points.every(({ rate }) => rate === null) && (
        <p class="none">This stage has no rate of this kind.</p>
      )}
      {answer && points.some(({ rate }) => rate !== null) && (
        <>
          <TrendChart key={answer.question.from + interval + points.length} {...shown} />
          <details>
            <summary>These numbers as a table, for a spreadsheet, from a shell</summary>
            <TrendTable {...shown} />
            <Elsewhere question={question} address={trendAddress} file="over-time.csv" />
          </details>
        </>
      )}
    </section>
  )
}
