import { describe, expect, it } from 'vitest'
import { DAY, eventsOf, funnelOf, MINUTE, matchesOf } from '../fixture.ts'
import type { Exclusion, Order } from './funnel.ts'

const onlyMatch = (...asked: Parameters<typeof matchesOf>) => {
  const [match] = matchesOf(...asked)
  if (!match) throw new Error('no match')
  return match
}

describe('the conformance rows of semantics.md', () => {
  it.each([
    { row: 1, events: 'A0 B10 C20', stages: 'A→B→C', want: 3 },
    { row: 2, events: 'A0 A30 B45 C75', stages: 'A→B→C', want: 3 },
    { row: 3, events: 'A0 A120 B130', stages: 'A→B', want: 2 },
    { row: 4, events: 'A0 B50 C100', stages: 'A→B→C', want: 2 },
    { row: 5, events: 'B1 A1', stages: 'A→B', want: 2 },
    { row: 6, events: 'B0.0866 A0.0983', stages: 'A→B', want: 1 },
    { row: 7, events: 'A0.085 B0.0983', stages: 'A→B', want: 2 },
    { row: 8, events: 'A0', stages: 'A→A', want: 1 },
    { row: 9, events: 'A0 A5', stages: 'A→A', want: 2 },
    { row: 10, events: 'B0', stages: 'A|B→B', want: 1 },
    { row: 11, events: 'A0 A0.1 B0.1', stages: 'A→B', want: 2 },
    { row: 12, events: 'A0 B60', stages: 'A→B', want: 2 },
    { row: 13, events: 'A0 X5 B10', stages: 'A→B', want: 1 },
    { row: 14, events: 'A0 B1 A2 C3', stages: 'A→B→C', want: 2 },
    { row: 15, events: 'A0 A30 B40', stages: 'A→B', want: 2 },
  ])('$row: $events in $stages reaches $want', ({ row, events, stages, want }) => {
    const order: Order = row === 13 || row === 14 ? 'strict' : 'ordered'
    expect(onlyMatch(funnelOf(stages, { order }), eventsOf(events)).furthest).toBe(want)
  })

  it.each([
    { row: 3, events: 'A0 A120 B130', want: [1, 2] },
    { row: 15, events: 'A0 A30 B40', want: [1, 2] },
    { row: 11, events: 'A0 A0.1 B0.1', want: [1, 2] },
  ])('$row: the chain has the latest entry', ({ events, want }) => {
    expect(onlyMatch(funnelOf('A→B'), eventsOf(events)).chains[1]).toEqual(want)
  })
})

it('of chains with one entry the one with the earliest stages is first', () => {
  expect(onlyMatch(funnelOf('A→B→C'), eventsOf('A0 B1 B2 C3')).chains[2]).toEqual([0, 1, 3])
})

describe('range and window', () => {
  const range = { from: 10 * MINUTE, to: 20 * MINUTE }
  it.each([
    { events: 'A9 B15', want: 0, because: 'the entry is before the range' },
    { events: 'A10 B15', want: 2, because: 'the range begins with from' },
    { events: 'A20 B21', want: 0, because: 'the range ends before to' },
    { events: 'A19 B79', want: 2, because: 'a completion may come after to' },
    { events: 'A19 B79.1', want: 1, because: 'the window is over' },
    { events: 'B10 A10', want: 2, because: 'a moment may start in any sequence' },
    { events: 'A15 A25 B79', want: 1, because: 'an entry after to does not renew the window' },
  ])('$events reaches $want: $because', ({ events, want }) => {
    expect(onlyMatch(funnelOf('A→B'), eventsOf(events), range).furthest).toBe(want)
  })
})

describe('optional stages', () => {
  it.each([
    { events: 'A0 C5', want: [[0], null, [0, 1]] },
    { events: 'A0 B2 C5', want: [[0], [0, 1], [0, 2]] },
    { events: 'A0 C5 B9', want: [[0], [0, 2], [0, 1]] },
    { events: 'B0 A1 C5', want: [[1], null, [1, 2]] },
    { events: 'C1 B1 A1', want: [[2], [2, 1], [2, 0]] },
  ])('$events', ({ events, want }) => {
    expect(onlyMatch(funnelOf('A→B?→C'), eventsOf(events)).chains).toEqual(want)
  })
})

describe('a moment of several events', () => {
  it.each([
    { events: 'A0 A0 A0', stages: 'A→A→A', want: 3 },
    { events: 'C0 B0 A0', stages: 'A→B→C', want: 3 },
    { events: 'A0 C1 B1', stages: 'A→B→C', want: 3 },
    { events: 'A0 B0', stages: 'A|B→A', want: 2 },
    { events: 'B0 B0', stages: 'A|B→A', want: 1 },
    { events: 'A0 B1 B1', stages: 'A→A|B→B→C', want: 3 },
  ])('$events in $stages reaches $want', ({ events, stages, want }) => {
    expect(onlyMatch(funnelOf(stages), eventsOf(events)).furthest).toBe(want)
  })

  it('goes on from the latest stage, whose chain is the earliest', () => {
    const { chains } = onlyMatch(funnelOf('A→B→C'), eventsOf('A0 B1 B2 C2'))
    expect(chains[2]).toEqual([0, 1, 3])
  })

  it('knows what cannot fill a stage because another needs it', () => {
    const { fills } = onlyMatch(funnelOf('A→B→B|C'), eventsOf('A0 B1 C1'))
    expect(fills).toEqual([[0], [1], [2]])
  })

  it('lists every event that can fill a stage', () => {
    const { fills } = onlyMatch(funnelOf('A→B'), eventsOf('B0 A0 B0 A0'))
    expect(fills).toEqual([
      [1, 3],
      [0, 2],
    ])
  })
})

describe('fills', () => {
  it('counts an event that comes after the first chain', () => {
    expect(onlyMatch(funnelOf('A→B'), eventsOf('B0 A1 B2 B3 A4 B70')).fills).toEqual([
      [1, 4],
      [2, 3],
    ])
  })
})

describe('exclusions', () => {
  const without = (stages: string, after_stage: number, before_stage: number, events = ['X']) => {
    const exclusion: Exclusion = { events, filters: [], after_stage, before_stage }
    return funnelOf(stages, { exclusions: [exclusion] })
  }
  it.each([
    { events: 'A0 X1 B2', funnel: without('A→B', 1, 2), want: 1 },
    { events: 'A0 X1 A2 B3', funnel: without('A→B', 1, 2), want: 2 },
    { events: 'X0 A0 B1', funnel: without('A→B', 1, 2), want: 2 },
    { events: 'A0 X1 B1', funnel: without('A→B', 1, 2), want: 2 },
    { events: 'A0 X1 B1 C2', funnel: without('A→B→C', 1, 3), want: 2 },
    { events: 'A0 X1 B2 C3', funnel: without('A→B→C', 2, 3), want: 3 },
    { events: 'A0 B2 X3 A3 C4', funnel: without('A→B→C', 2, 3), want: 2 },
    { events: 'A0 B2 X3 C4 B5 C6', funnel: without('A→B→C', 2, 3), want: 3 },
    { events: 'A0 B2 X3 B5', funnel: without('A→B→C', 2, 3), want: 2 },
    { events: 'A0 B1 C2', funnel: without('A→B→C', 1, 3, ['B']), want: 3 },
    { events: 'A0 B1 B2 C3', funnel: without('A→B→C', 1, 3, ['B']), want: 2 },
    { events: 'A0 B1 B1 C3', funnel: without('A→B→C', 1, 3, ['B']), want: 2 },
    { events: 'A0 B1 B1 C3', funnel: without('A→B→B→C', 1, 4, ['B']), want: 4 },
  ])('$events reaches $want', ({ events, funnel, want }) => {
    expect(onlyMatch(funnel, eventsOf(events)).furthest).toBe(want)
  })
})

describe('strict', () => {
  it.each([
    {
      events: 'A0 B1 B1 C2',
      stages: 'A→B→C',
      want: 2,
      because: 'a moment passed through is all used',
    },
    { events: 'A0 B1 C1 D2', stages: 'A→B→C→D', want: 4, because: 'all of the moment is used' },
    { events: 'A0 X1 B1', stages: 'A→B', want: 2, because: 'some sequence does it' },
    { events: 'X0 A0 B1', stages: 'A→B', want: 2, because: 'X may come before A' },
    { events: 'A0 A1 B2', stages: 'A→B', want: 2, because: 'another entry is the very next' },
  ])('$events in $stages reaches $want: $because', ({ events, stages, want }) => {
    expect(onlyMatch(funnelOf(stages, { order: 'strict' }), eventsOf(events)).furthest).toBe(want)
  })

  it('does not see what the filters of the question leave out', () => {
    const filters = [{ property: 'p', op: 'set' as const }]
    const events = eventsOf('A0{p=1} X1 B2{p=1}')
    expect(onlyMatch(funnelOf('A→B', { order: 'strict', filters }), events).furthest).toBe(2)
  })
})

describe('any order', () => {
  const anyOrder = (stages: string, exclude: string[] = []) => {
    const exclusions = exclude.map((name) => ({
      events: [name],
      filters: [],
      after_stage: 1,
      before_stage: 3,
    }))
    return funnelOf(stages, { order: 'any_order', exclusions })
  }
  it.each([
    { events: 'C0 B1 A2', funnel: anyOrder('A→B→C'), want: [[0], [0, 1], [0, 1, 2]] },
    { events: 'C0 B50 A70', funnel: anyOrder('A→B→C'), want: [[0], [0, 1], null] },
    { events: 'B0 A1 B2', funnel: anyOrder('A|B→B'), want: [[0], [0, 1]] },
    { events: 'A0 B5 A6', funnel: anyOrder('A→B'), want: [[0], [0, 1]] },
    { events: 'A0 A5 B6', funnel: anyOrder('A→B'), want: [[0], [1, 2]] },
    { events: 'A0 X1 B2', funnel: anyOrder('A→B', ['X']), want: [[0], null] },
    { events: 'A0 X1 B1', funnel: anyOrder('A→B', ['X']), want: [[0], [0, 2]] },
    { events: 'B0 A1 C2', funnel: anyOrder('A→B→C', ['A']), want: [[0], [1, 2], null] },
    { events: 'A0 B0 A1', funnel: anyOrder('A→A|B', ['A']), want: [[0], [0, 1]] },
  ])('$events', ({ events, funnel, want }) => {
    expect(onlyMatch(funnel, eventsOf(events)).chains).toEqual(want)
  })

  it('fills no second stage with what matches only that of the opener', () => {
    const range = { from: 0, to: MINUTE }
    expect(onlyMatch(anyOrder('A→B'), eventsOf('A0 B1 A2'), range).fills).toEqual([[0], [1]])
  })

  it('opens a window at every event in the range', () => {
    expect(onlyMatch(anyOrder('A→B'), eventsOf('A0 A1 B2')).fills).toEqual([[0, 1, 2], [2]])
    expect(onlyMatch(anyOrder('A→B'), eventsOf('A0 B1 A2')).fills).toEqual([
      [0, 1, 2],
      [1, 2],
    ])
    expect(onlyMatch(anyOrder('A→B'), eventsOf('A0 B1 B1')).fills).toEqual([
      [0, 1, 2],
      [1, 2],
    ])
    expect(onlyMatch(anyOrder('A→B→C'), eventsOf('A0 B50 A55 C70')).fills).toEqual([
      [0, 1, 2, 3],
      [1, 2, 3],
      [3],
    ])
  })

  it('fills stage k with what may be the k-th of a chain', () => {
    expect(onlyMatch(anyOrder('A→B→C'), eventsOf('A0 A1 B2 C3')).fills).toEqual([
      [0, 1, 2, 3],
      [2, 3],
      [3],
    ])
  })
})

describe('hold', () => {
  const held = (stages: string, changes = {}) => funnelOf(stages, { hold: 'p', ...changes })
  const exclusions = [{ events: ['X'], filters: [], after_stage: 1, before_stage: 2 }]
  it.each([
    { events: 'A0{p=1} B1{p=2}', funnel: held('A→B'), want: 1 },
    { events: 'A0{p=1} B1{p="1"}', funnel: held('A→B'), want: 2 },
    { events: 'A0 B1', funnel: held('A→B'), want: 0 },
    { events: 'A0{items=[{"p":1},{"p":2}]} B1{p=2}', funnel: held('A→B'), want: 2 },
    { events: 'A0{p=1} X1{p=2} B2{p=1}', funnel: held('A→B', { exclusions }), want: 2 },
    { events: 'A0{p=1} X1{p=1} B2{p=1}', funnel: held('A→B', { exclusions }), want: 1 },
    { events: 'A0{p=1} X1 B2{p=1}', funnel: held('A→B', { exclusions }), want: 1 },
    { events: 'A0{p=1} X1{p=2} B2{p=1}', funnel: held('A→B', { order: 'strict' }), want: 1 },
  ])('$events reaches $want', ({ events, funnel, want }) => {
    expect(onlyMatch(funnel, eventsOf(events)).furthest).toBe(want)
  })

  it('takes the best chain of all values', () => {
    const { chains } = onlyMatch(held('A→B'), eventsOf('A0{p=1} A1{p=2} B2{p=1} B3{p=2}'))
    expect(chains).toEqual([[0], [0, 2]])
  })
})

describe('unit: visit', () => {
  const visits = (events: string, changes = {}) =>
    matchesOf(funnelOf('A→B', { unit: 'visit', ...changes }), eventsOf(events))
  it('keeps a chain inside one visit, each with its own match', () => {
    expect(visits('A0 B30 A60.1 B91').map(({ furthest }) => furthest)).toEqual([2, 1, 0])
  })
  it('cuts after more than 30 minutes, by events that the filters leave out too', () => {
    const filters = [{ property: 'p', op: 'set' as const }]
    const found = visits('A0{p=1} X25 B50{p=1}', { filters })
    expect(found.map(({ furthest }) => furthest)).toEqual([2])
  })
  it('is not kept together by bots', () => {
    const found = visits('A0 X25{bot=true} B50')
    expect(found.map(({ furthest }) => furthest)).toEqual([1, 0])
  })
  it('has the entries of the range only', () => {
    const funnel = funnelOf('A→B', { unit: 'visit' })
    const [match] = matchesOf(funnel, eventsOf('A0 B1'), { from: 1, to: DAY.to })
    expect(match?.furthest).toBe(0)
  })
})
