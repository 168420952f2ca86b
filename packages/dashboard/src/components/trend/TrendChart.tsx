import { percent } from '@weir/client/text'
import type { Interval, RateAnswer } from '@weir/contract'
import { useState } from 'preact/hooks'
import { bucketText, tickText } from '../../days/bucketText.ts'
import { ticksOf } from '../../shape/ticksOf.ts'
import { trendLine } from '../../shape/trendLine.ts'
import { rateText } from '../../text/rateText.ts'
import { RateInLine } from '../rates/RateInLine.tsx'
import { TrendDrawing } from './TrendDrawing.tsx'
import { TrendLegend } from './TrendLegend.tsx'

/** So many columns are at least as wide as their names. */
const WIDE = 6

/** The rate of one bucket. */
export interface TrendPoint {
  from: string
  to: string
  mature: boolean
  rate: RateAnswer | null
}

/**
 * A rate over time, drawn; the bucket under the pointer, or chosen with the arrow keys, is said in
 * words. Over the drawing lies an unseen slider, which brings keyboards, touch and screen readers.
 */
export function TrendChart(props: { points: TrendPoint[]; interval: Interval; timeZone: string }) {
  const { points, interval, timeZone } = props
  const last = points.findLastIndex(({ rate, mature }) => mature && rate?.rate != null)
  const [place, setPlace] = useState(last === -1 ? points.length - 1 : last)
  const line = trendLine(points)
  const point = points[place]
  const name = point ? bucketText(point, interval, timeZone) : ''

  const follow = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const column = Math.floor(((event.clientX - left) / width) * points.length)
    setPlace(Math.min(points.length - 1, Math.max(0, column)))
  }

  return (
    <div class="trend-chart">
      <p class="readout">
        <span>{name}</span> <RateInLine rate={point?.rate ?? null} />{' '}
        {point?.mature === false && <em>unfinished</em>}
      </p>
      <div class="plot" style={{ '--columns': points.length }}>
        <p class="plot-scale" aria-hidden="true">
          {[line.end, line.end / 2, 0].map((share) => (
            <span key={share}>{percent(share).replace('.0', '')}</span>
          ))}
        </p>
        <div class="plot-field" onPointerMove={follow}>
          <TrendDrawing line={line} matures={points.map(({ mature }) => mature)} place={place} />
          <input
            type="range"
            min={0}
            max={points.length - 1}
            value={place}
            aria-label={`Rate by ${interval}`}
            aria-valuetext={`${name}: ${rateText(point?.rate ?? null)}${point?.mature ? '' : ', unfinished'}`}
            onInput={(event) => setPlace(event.currentTarget.valueAsNumber)}
          />
        </div>
        <p class={points.length > WIDE ? 'plot-ticks narrow' : 'plot-ticks'} aria-hidden="true">
          {ticksOf(points.length, interval === 'hour' ? 3 : 4).map(({ place: at, share }) => (
            <span key={at} style={{ '--share': share }}>
              {points[at] && tickText(points[at], interval, timeZone)}
            </span>
          ))}
        </p>
      </div>
      <TrendLegend unfinished={points.some(({ mature }) => !mature)} interval={interval} />
    </div>
  )
}
