import type { Interval } from '@weir/contract'
import { bucketText } from '../../days/bucketText.ts'
import { RateInLine } from '../rates/RateInLine.tsx'
import { Scrolling } from '../Scrolling.tsx'
import type { TrendPoint } from './TrendChart.tsx'

/** The rate over time in numbers, oldest first. */
export function TrendTable(props: { points: TrendPoint[]; interval: Interval; timeZone: string }) {
  const { points, interval, timeZone } = props
  const name = interval.charAt(0).toUpperCase() + interval.slice(1)
  return (
    <div class="numbers">
      <Scrolling name={`Table by ${interval}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">{name}</th>
              <th scope="col">Rate</th>
              <th scope="col">Time to convert</th>
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr key={point.from}>
                <th scope="row">{bucketText(point, interval, timeZone)}</th>
                <td>
                  <RateInLine rate={point.rate} />
                </td>
                <td>{point.mature ? 'over' : 'unfinished'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </div>
  )
}
