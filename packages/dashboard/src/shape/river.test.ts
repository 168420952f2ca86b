import { describe, expect, it } from 'vitest'
import { stageOf } from '../test/stageOf.ts'
import { river } from './river.ts'

const storefront = [
  stageOf(1, 'view', 80),
  stageOf(2, 'product_view', 60),
  stageOf(3, 'chat', 10, true),
  stageOf(4, 'add_to_cart', 20),
  stageOf(5, 'purchase', 5),
]

describe('river', () => {
  it('draws widths as shares of all traffic', () => {
    expect(river(storefront, 100).map((reach) => reach.width)).toEqual([0.8, 0.6, 0.1, 0.2, 0.05])
  })

  it('falls from each required stage to the next required one, past the optional', () => {
    const falls = river(storefront, 100).map(({ fall }) => fall && [fall.from, fall.to])
    expect(falls).toEqual([[0.8, 0.6], [0.6, 0.2], [0.2, 0.2], [0.2, 0.05], null])
  })

  it('sets the optional stage beside the stream, with a branch from the stage above', () => {
    const reaches = river(storefront, 100)
    expect(reaches[2]).toMatchObject({ left: 0.53, passing: 0.2 })
    expect(reaches[1]?.fall?.branch).toEqual({ top: 0.5, bottom: 0.53, width: 0.1 })
    expect(reaches.filter(({ passing }) => passing !== null)).toHaveLength(1)
  })

  it('keeps a wide branch inside the page, and its source inside the stage above', () => {
    const [, above, chat] = river(
      [
        stageOf(1, 'view', 100),
        stageOf(2, 'product_view', 95),
        stageOf(3, 'chat', 90, true),
        stageOf(4, 'purchase', 80),
      ],
      100,
    )
    expect(chat?.left).toBeCloseTo(0.1)
    expect(above?.fall?.branch?.top).toBeCloseTo(0.05)
    expect(above?.fall?.branch?.bottom).toBe(chat?.left)
  })

  it('is dry, not NaN, when nobody came', () => {
    for (const { left, width } of river([stageOf(1, 'view', 0), stageOf(2, 'purchase', 0)], 0))
      expect([left, width]).toEqual([0, 0])
  })
})
