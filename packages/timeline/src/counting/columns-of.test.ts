import { expect, it } from 'vitest'
import { funnelOf } from '../fixture.ts'
import type { Filter } from '../matching/funnel.ts'
import { columnsOf } from './columns-of.ts'

const isSet = (property: string): Filter[] => [{ property, op: 'set' }]

it('names every property that is asked about, once', () => {
  const funnel = funnelOf('A→B', {
    stages: [
      { events: ['A'], filters: isSet('of_a_stage'), optional: false },
      { events: ['B'], filters: isSet('of_all'), optional: false },
    ],
    filters: isSet('of_all'),
    exclusions: [
      { events: ['X'], filters: isSet('of_exclusion'), after_stage: 1, before_stage: 2 },
    ],
    hold: 'held',
    breakdown: { property: 'row', attribution: 'entry' },
  })
  expect(columnsOf(funnel).sort()).toEqual(
    ['$amount', 'currency', 'held', 'of_a_stage', 'of_all', 'of_exclusion', 'row'].sort(),
  )
})
