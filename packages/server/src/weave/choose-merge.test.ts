import { describe, expect, it } from 'vitest'
import { chooseMerge, type Layer } from './choose-merge.ts'

const layersOf = (sizes: readonly number[]): Layer[] =>
  sizes.map((events, weave) => ({ weave, slots: 1, events }))

const BUSY = { fan_in: 4, quiet: false }
const QUIET = { fan_in: 4, quiet: true }

it.each([
  { name: 'nothing of nothing', sizes: [], when: QUIET, want: [] },
  { name: 'not one alone', sizes: [5], when: QUIET, want: [] },
  { name: 'not three of a size', sizes: [5, 6, 7], when: BUSY, want: [] },
  { name: 'four of a size', sizes: [5, 6, 7, 15], when: BUSY, want: [5, 6, 7, 15] },
  {
    name: 'what is smaller too',
    sizes: [5, 6, 7, 15, 1, 3],
    when: BUSY,
    want: [1, 3, 5, 6, 7, 15],
  },
  { name: 'not what is larger', sizes: [5, 6, 7, 15, 16, 99], when: BUSY, want: [5, 6, 7, 15] },
  { name: 'the lowest first', sizes: [64, 65, 66, 67, 4, 5, 6, 7], when: BUSY, want: [4, 5, 6, 7] },
  { name: 'what little a quiet day has', sizes: [3, 2], when: QUIET, want: [2, 3] },
  { name: 'the like ones of a quiet day', sizes: [30, 10, 100], when: QUIET, want: [10, 30, 100] },
  { name: 'no million for a late event', sizes: [1_000_000, 1], when: QUIET, want: [] },
  { name: 'late events with each other', sizes: [1_000_000, 1, 2], when: QUIET, want: [1, 2] },
])('merges $name', ({ sizes, when, want }) => {
  expect(chooseMerge(layersOf(sizes), when).map(({ events }) => events)).toEqual(want)
})

/** A day of weaves, each followed by every merge that is due. */
function simulate(weaves: number, events: number) {
  let layers: Layer[] = []
  let written = 0
  let most = 0
  const mergeAll = (quiet: boolean) => {
    for (;;) {
      const chosen = new Set(chooseMerge(layers, { fan_in: 8, quiet }))
      if (chosen.size === 0) return
      const merged = [...chosen].reduce((sum, layer) => sum + layer.events, 0)
      written += merged
      layers = layers.filter((layer) => !chosen.has(layer))
      layers.push({ weave: 0, slots: 1, events: merged })
    }
  }
  for (let weave = 0; weave < weaves; weave++) {
    layers.push({ weave, slots: 1, events })
    mergeAll(false)
    most = Math.max(most, layers.length)
  }
  mergeAll(true)
  return { times: written / (weaves * events), most, left: layers.length }
}

describe('over a whole day, each event is merged', () => {
  it.each([
    { shop: 'busy, a weave a second', weaves: 86_400, events: 230, times: 6, most: 36 },
    { shop: 'with a weave a minute', weaves: 1_440, events: 20, times: 5, most: 30 },
    { shop: 'small, a weave an hour', weaves: 24, events: 10, times: 2, most: 10 },
  ])('few times in a shop that is $shop', ({ weaves, events, times, most }) => {
    const day = simulate(weaves, events)
    expect(day.times).toBeLessThanOrEqual(times)
    expect(day.most).toBeLessThanOrEqual(most)
    expect(day.left).toBe(1)
  })
})
