import type { RateAnswer } from '@weir/contract'
import { describe, expect, it } from 'vitest'
import { trendLine } from './trendLine.ts'

const rate = (rate: number | null, low = rate, high = rate, too_few = false): RateAnswer => ({
  ...{ numerator: 1, denominator: rate === null ? 0 : 100, rate, low, high, too_few },
})
const finished = (given: RateAnswer | null) => ({ rate: given, mature: true })
const unfinished = (given: RateAnswer | null) => ({ rate: given, mature: false })

describe('trendLine', () => {
  it('puts every bucket in the middle of its column, on a scale from 0', () => {
    const { end, dots } = trendLine([finished(rate(0.05, 0.04, 0.1)), finished(rate(0))])
    expect(end).toBe(0.1)
    expect(dots).toEqual([
      { x: 25, y: 50, low: 60, high: 0 },
      { x: 75, y: 100, low: 100, high: 100 },
    ])
  })

  it('goes from the last finished bucket on through those that are not', () => {
    const line = trendLine([
      finished(rate(1)),
      finished(rate(0.5)),
      unfinished(rate(1)),
      unfinished(rate(0)),
    ])
    expect(line.finished).toBe('M12.5 0L37.5 50')
    expect(line.unfinished).toBe('M37.5 50L62.5 0L87.5 100')
  })

  it('is all of one kind where there is one', () => {
    const two = [rate(1), rate(0)]
    expect(trendLine(two.map(finished))).toMatchObject({ unfinished: '' })
    expect(trendLine(two.map(unfinished))).toMatchObject({
      finished: '',
      unfinished: 'M25 0L75 100',
    })
  })

  it('breaks where there was nothing to divide by, and shows what is left alone', () => {
    const line = trendLine([1, 1, null, 0.5, null].map((share) => finished(rate(share))))
    expect(line.dots.map((dot) => dot?.x ?? null)).toEqual([10, 30, null, 70, null])
    expect(line.finished).toBe('M10 0L30 0')
    expect(line.band).toBe('M10 0L30 0L30 0L10 0ZM69.6 50L70.4 50L70.4 50L69.6 50Z')
  })

  it('is scaled by no interval of too few, whose band is cut', () => {
    const { end, dots } = trendLine([
      finished(rate(0.04, 0.03, 0.05)),
      unfinished(rate(0, 0, 0.8, true)),
    ])
    expect(end).toBe(0.05)
    expect(dots[1]).toMatchObject({ y: 100, high: 0 })
  })

  it('is empty, not NaN, without buckets', () => {
    expect(trendLine([])).toMatchObject({ dots: [], band: '', finished: '', unfinished: '' })
  })
})
