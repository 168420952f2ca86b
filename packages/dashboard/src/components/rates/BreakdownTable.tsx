import { count } from '@weir/client/text'
import type { BreakdownRow, FunnelAnswer } from '@weir/contract'
import { stageText } from '../../text/stageText.ts'
import { Scrolling } from '../Scrolling.tsx'
import { RateInLine } from './RateInLine.tsx'

/** The funnel of every value of one property: each visitor is in one row, so rows add up. */
export function BreakdownTable(props: {
  property: string
  rows: BreakdownRow[]
  other: FunnelAnswer['other']
}) {
  const { property, rows, other } = props
  const name = stageText(property)
  return (
    <section class="numbers split" aria-labelledby="split">
      <h2 id="split">By {name.toLowerCase()}</h2>
      <p>
        A visitor is in one row: that of the last value seen on the way, up to the furthest stage.
      </p>
      <Scrolling name={`Table by ${name}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">{name}</th>
              <th scope="col">Converted of those who entered</th>
              {rows[0]?.stages.map((stage) => (
                <th key={stage.stage} scope="col">
                  {stageText(stage.name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.value} name={row.value ?? unsetText(property)} row={row} />
            ))}
            {other && <Row name="All others" row={other} />}
          </tbody>
        </table>
      </Scrolling>
    </section>
  )
}

function Row({ name, row }: { name: string; row: Omit<BreakdownRow, 'value'> }) {
  return (
    <tr>
      <th scope="row">{name || '(empty)'}</th>
      <td>
        <RateInLine rate={row.conversion.rates.funnel} />
      </td>
      {row.stages.map((stage) => (
        <td key={stage.stage}>{count(stage.count)}</td>
      ))}
    </tr>
  )
}

const unsetText = (property: string) => (property === 'channel' ? 'Direct (unset)' : '(unset)')
