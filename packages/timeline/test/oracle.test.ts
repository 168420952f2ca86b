import { describe, expect, test } from 'vitest'
import { oracleMatch, oracleTally } from '../oracle/index.ts'
import type { Event } from '../src/gather.ts'
import type { Attribution, Exclusion, Filter, Funnel } from '../src/matching/funnel.ts'
import type { Match } from '../src/matching/match.ts'
import { DAY, eventsOf, funnelOf, MINUTE_MS } from './shorthand.ts'

const X: Exclusion = { events: ['X'], filters: [], after_stage: 1, before_stage: 2 }

describe('the chain that first reached a stage', () => {
  const table: [name: string, stages: string, events: string, chains: Match['chains']][] = [
    ['takes the latest entry', 'A→B', 'A0 A30 B40', [[0], [1, 2]]],
    ['is the first to get there, not the fastest', 'A→B', 'A0 B20 A50 B51', [[0], [0, 1]]],
    ['takes the earliest second stage', 'A→B→C', 'A0 B5 B10 C20', [[0], [0, 1], [0, 1, 3]]],
    ['is another one for another stage', 'A→B→C', 'A0 B5 A10 B15 C20', [[0], [0, 1], [2, 3, 4]]],
    ['passes over an optional stage', 'A→B?→C', 'A0 B5 C10', [[0], [0, 1], [0, 2]]],
    ['is none where a stage was not reached', 'A→B→C', 'A0 C5', [[0], null, null]],
  ]
  test.each(table)('%s', (_, stages, events, chains) => {
    expect(oracleMatch(funnelOf(stages), DAY, eventsOf(events))[0]?.chains).toEqual(chains)
  })
})

describe('the events that fill a stage', () => {
  const table: [
    name: string,
    stages: string,
    events: string,
    fills: Match['fills'],
    rest?: Partial<Funnel>,
  ][] = [
    [
      'are all of them, of every chain',
      'A→B',
      'A0 B5 A10 B15',
      [
        [0, 2],
        [1, 3],
      ],
    ],
    ['are those in the window alone', 'A→B', 'A0 B60 B60.001', [[0], [1]]],
    [
      'stand once each',
      'A→A',
      'A0 A5 A10',
      [
        [0, 1, 2],
        [1, 2],
      ],
    ],
    ['end at an exclusion', 'A→B', 'A0 B5 X6 B7', [[0], [1]], { exclusions: [X] }],
    [
      'any order: are the last of a chain that long',
      'A→B',
      'B0 A5 A6',
      [
        [0, 1, 2],
        [1, 2],
      ],
      { order: 'any_order' },
    ],
  ]
  test.each(table)('%s', (_, stages, events, fills, rest) => {
    expect(oracleMatch(funnelOf(stages, rest), DAY, eventsOf(events))[0]?.fills).toEqual(fills)
  })
})

describe('the furthest stage', () => {
  const table: [name: string, stages: string, events: string, furthest: number][] = [
    ['is 0 for who did not enter', 'A→B', 'B0', 0],
    ['is a required one', 'A→B?→C', 'A0 B5', 1],
    ['is counted among all stages', 'A→B?→C', 'A0 C5', 3],
  ]
  test.each(table)('%s', (_, stages, events, furthest) => {
    expect(oracleMatch(funnelOf(stages), DAY, eventsOf(events))[0]?.furthest).toBe(furthest)
  })
})

test('every visit has a match of its own, which names events by their place among all', () => {
  const matches = oracleMatch(funnelOf('A→B', { unit: 'visit' }), DAY, eventsOf('A0 B5 A50 B55'))
  expect(matches.map((match) => match.chains)).toEqual([
    [[0], [0, 1]],
    [[2], [2, 3]],
  ])
})

describe('times', () => {
  test('time_at_stage: of who went on, and of who left, to the end of that visit', () => {
    const events = [
      ...eventsOf('A0 B5 Z20'),
      ...eventsOf('A0 Z10 Z45').map((event) => ({ ...event, visitor: 'w' })),
    ]
    const [first, last] = oracleTally(funnelOf('A→B'), DAY, events).stages
    expect(first).toMatchObject({ time_to_stage: [], continued: minutes(5), left: minutes(10) })
    expect(last).toMatchObject({ time_to_stage: minutes(5), continued: [], left: [] })
  })

  test('an optional stage is continued by who reached it and the next required one', () => {
    const funnel = funnelOf('A→B?→C')
    const went = oracleTally(funnel, DAY, eventsOf('A0 B5 C10')).stages[1]
    expect(went).toMatchObject({ time_to_stage: minutes(5), continued: minutes(10), left: [] })
    const passed = oracleTally(funnel, DAY, eventsOf('A0 C10')).stages[1]
    expect(passed).toMatchObject({ time_to_stage: [], continued: [], left: [] })
  })

  test('time_to_convert runs from the entry, time_to_stage from the stage before', () => {
    const tally = oracleTally(funnelOf('A→B→C'), DAY, eventsOf('A0 A10 B15 C25'))
    expect(tally.time_to_convert).toEqual(minutes(15))
    expect(tally.stages.map((stage) => stage.time_to_stage)).toEqual([[], minutes(5), minutes(10)])
  })
})

test('revenue counts every event that fills the stage once, by currency', () => {
  const events = eventsOf('A0 B1 B2 B3 B4', {
    1: { value: 10, currency: 'EUR' },
    2: { price: '2.5', quantity: 2, currency: 'EUR' },
    3: { items: [{ price: 1 }, { price: 2, quantity: 3 }], currency: 'USD' },
  })
  const tally = oracleTally(funnelOf('A→B'), DAY, events)
  expect(tally.events).toBe(4)
  expect(tally.stages[1]?.revenue).toEqual(
    new Map([
      ['EUR', { orders: 2, value: 15 }],
      ['USD', { orders: 1, value: 7 }],
      ['', { orders: 1, value: 0 }],
    ]),
  )
})

describe('a breakdown', () => {
  const events = eventsOf('A-1 A0 Z5 B10 Z11 B12', {
    0: { utm: 'before' },
    1: { utm: 'entry' },
    2: { utm: 'last' },
    4: { utm: 'after' },
    5: { utm: 'second' },
  })
  const table: [attribution: Attribution, row: string | null][] = [
    ['last_touch', 'last'],
    ['first_touch', 'entry'],
    ['entry', 'entry'],
    ['stage:1', 'entry'],
    ['stage:2', null],
  ]
  test.each(table)('by %s', (attribution, row) => {
    const funnel = funnelOf('A→B', { breakdown: { property: 'utm', attribution } })
    const { rows, ...total } = oracleTally(funnel, DAY, events)
    const { site_visitors: _, cookieless_events: __, ...tally } = total
    expect(rows).toEqual(new Map([[row, tally]]))
  })

  test('touches are those of the moment of the conversion too, whatever the rows say of its sequence', () => {
    const funnel = funnelOf('A→B', {
      breakdown: { property: 'utm', attribution: 'last_touch' },
    })
    const { rows } = oracleTally(funnel, DAY, eventsOf('B0 A0', { 1: { utm: 'x' } }))
    expect([...(rows ?? []).keys()]).toEqual(['x'])
  })

  test('has no row for who did not enter', () => {
    const funnel = funnelOf('A→B', { breakdown: { property: 'utm', attribution: 'entry' } })
    expect(oracleTally(funnel, DAY, eventsOf('B0')).rows).toEqual(new Map())
  })
})

describe('what a question sees', () => {
  const events = eventsOf('A0 B5', { 1: { bot: true, cookieless: true } })
  const table: [name: string, rest: Partial<Funnel>, counts: number[], cookieless: number][] = [
    ['no bots, no cookieless events', {}, [1, 0], 0],
    ['bots alone are not enough', { bots: true }, [1, 0], 1],
    ['both where it says so', { bots: true, cookieless: true }, [1, 1], 1],
  ]
  test.each(table)('%s', (_, rest, counts, cookieless) => {
    const tally = oracleTally(funnelOf('A→B', rest), DAY, events)
    expect(tally.stages.map((stage) => stage.count)).toEqual(counts)
    expect(tally.cookieless_events).toBe(cookieless)
  })
})

describe('a filter', () => {
  const own: Event['properties'] = {
    five: 5,
    text: 'Five',
    zero: 0,
    empty: '',
    no: false,
    nothing: null,
    items: [{ brand: 'x' }, { brand: 5 }],
  }
  const table: [property: string, op: Filter['op'], value: Filter['value'], holds: boolean][] = [
    ['five', 'eq', '5', true],
    ['five', 'ne', '5', false],
    ['five', 'in', ['4', 5], true],
    ['five', 'not_in', ['4', 5], false],
    ['five', 'gt', 4, true],
    ['five', 'gt', 5, false],
    ['five', 'gte', '5', true],
    ['five', 'lt', 10, true],
    ['five', 'lte', 4, false],
    ['text', 'contains', 'IVE', true],
    ['text', 'starts_with', 'Fi', true],
    ['text', 'starts_with', 'fi', false],
    ['text', 'lt', 9, false],
    ['text', 'gte', 0, false],
    ['empty', 'gte', 0, false],
    ['no', 'eq', 'false', true],
    ['zero', 'set', undefined, true],
    ['empty', 'set', undefined, true],
    ['no', 'unset', undefined, false],
    ['nothing', 'unset', undefined, true],
    ['nothing', 'eq', 'null', false],
    ['absent', 'ne', 'x', true],
    ['absent', 'not_in', ['x'], true],
    ['absent', 'contains', '', false],
    ['absent', 'lt', 9, false],
    ['brand', 'eq', 'x', true],
    ['brand', 'in', ['5'], true],
    ['brand', 'ne', 'x', false],
    ['brand', 'not_in', ['y'], true],
    ['brand', 'contains', 'X', true],
    ['brand', 'set', undefined, true],
  ]
  test.each(table)('%s %s %j: %j', (property, op, value, holds) => {
    const filter: Filter = { property, op, ...(value === undefined ? {} : { value }) }
    const funnel = funnelOf('A→B', { filters: [filter] })
    const tally = oracleTally(funnel, DAY, eventsOf('A0', { 0: own }))
    expect(tally.site_visitors).toBe(holds ? 1 : 0)
  })
})

const minutes = (...numbers: number[]) => numbers.map((number) => number * MINUTE_MS)
