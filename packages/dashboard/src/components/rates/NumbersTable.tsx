import { count, duration, percent } from '@weir/client/text'
import type { FunnelAnswer } from '@weir/contract'
import { DEFINITIONS } from '../../text/definitionText.ts'
import { stageText } from '../../text/stageText.ts'
import { Scrolling } from '../Scrolling.tsx'
import { RateInLine } from './RateInLine.tsx'

/** Every stage with every rate: the drawing and the definitions in one table. */
export function NumbersTable({ answer }: { answer: FunnelAnswer }) {
  const target = answer.question.target?.events.map(stageText).join(' or ').toLowerCase()
  return (
    <section class="numbers" aria-labelledby="numbers">
      <h2 id="numbers">All numbers</h2>
      <Scrolling name="Table of all numbers">
        <table>
          <thead>
            <tr>
              <th scope="col">Stage</th>
              <th scope="col">Reached</th>
              <th scope="col">Drop-off</th>
              <th scope="col">Of those who entered</th>
              <th scope="col">Of the stage before</th>
              <th scope="col">Of the target action{target && <span>{target}</span>}</th>
              <th scope="col">Of all traffic</th>
              <th scope="col">
                Median time <span>from the stage before</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {answer.stages.map((stage, index) => (
              <tr key={stage.stage} class={stage.optional ? 'optional' : undefined}>
                <th scope="row">
                  {stageText(stage.name)}
                  {stage.optional && <small>optional</small>}
                </th>
                <td>{count(stage.count)}</td>
                <td>
                  {stage.drop_off ? (
                    <span class="rate-in-line">
                      <b>{count(stage.drop_off.count)}</b>
                      <span class="interval">{percent(stage.drop_off.rate)}</span>
                    </span>
                  ) : (
                    <span class="none">–</span>
                  )}
                </td>
                {DEFINITIONS.map((definition) => (
                  <td key={definition}>
                    <RateInLine
                      rate={stage.rates[definition]}
                      difference={answer.compare?.differences[index]?.[definition]}
                    />
                  </td>
                ))}
                <td>{duration(stage.time_to_stage?.median_seconds ?? null)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </section>
  )
}
