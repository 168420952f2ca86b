import { describe, expect, it } from 'vitest'
import { columnsOf } from '../counting/columns-of.ts'
import { DAY, eventsOf, funnelOf, MINUTE } from '../fixture.ts'
import { gather } from '../gather.ts'
import type { Funnel } from '../matching/funnel.ts'
import { explain } from './explain.ts'

const LATER = DAY.to * 10

const why = (funnel: Funnel, events: string, as_of = LATER) =>
  explain(funnel, DAY, gather(eventsOf(events), columnsOf(funnel)), as_of)

const excluding = { exclusions: [{ events: ['X'], filters: [], after_stage: 1, before_stage: 3 }] }
const onlyGold = {
  stages: ['A', 'B'].map((name) => ({
    events: [name],
    filters: name === 'B' ? [{ property: 'plan', op: 'eq' as const, value: 'gold' }] : [],
    optional: false,
  })),
}

describe('a chain stopped', () => {
  it.each([
    {
      name: 'when nothing followed',
      funnel: funnelOf('A→B→C'),
      events: 'A0 B5',
      want: [2, 3, 'never', null],
    },
    {
      name: 'when nothing began',
      funnel: funnelOf('A→B'),
      events: 'B5',
      want: [0, 1, 'never', null],
    },
    {
      name: 'when it began after the range',
      funnel: funnelOf('A→B'),
      events: 'B5 A1500',
      want: [0, 1, 'never', 1],
    },
    {
      name: 'when it began before the range',
      funnel: funnelOf('A→B'),
      events: 'A-5 B5',
      want: [0, 1, 'never', 0],
    },
    { name: 'too late', funnel: funnelOf('A→B→C'), events: 'A0 B5 C61', want: [2, 3, 'window', 2] },
    {
      name: 'in the other order',
      funnel: funnelOf('A→B→C'),
      events: 'A0 C3 B5',
      want: [2, 3, 'order', 1],
    },
    {
      name: 'at an event between, strictly',
      funnel: funnelOf('A→B→C', { order: 'strict' }),
      events: 'A0 B1 X2 C3',
      want: [2, 3, 'order', 2],
    },
    {
      name: 'at what spoils it',
      funnel: funnelOf('A→B→C', excluding),
      events: 'A0 B1 X2 C3',
      want: [2, 3, 'exclusion', 2],
    },
    {
      name: 'at the stage’s filter',
      funnel: funnelOf('A→B', onlyGold),
      events: 'A0 B1{plan="tin"}',
      want: [1, 2, 'filter', 1],
    },
    {
      name: 'at the question’s filter',
      funnel: funnelOf('A→B', { filters: [{ property: 'plan', op: 'eq', value: 'gold' }] }),
      events: 'A0{plan="gold"} B1',
      want: [1, 2, 'filter', 1],
    },
    {
      name: 'at a bot',
      funnel: funnelOf('A→B'),
      events: 'A0{bot=true} B1',
      want: [0, 1, 'filter', 0],
    },
    {
      name: 'at another product',
      funnel: funnelOf('A→B', { hold: 'p' }),
      events: 'A0{p=1} B1{p=2}',
      want: [1, 2, 'hold', 1],
    },
    {
      name: 'in another visit',
      funnel: funnelOf('A→B', { unit: 'visit' }),
      events: 'A0 B40',
      want: [1, 2, 'never', 1],
    },
    {
      name: 'past an optional stage',
      funnel: funnelOf('A→B?→C'),
      events: 'A0 B5',
      want: [1, 3, 'never', null],
    },
    {
      name: 'in any order, too late',
      funnel: funnelOf('A→B→C', { order: 'any_order' }),
      events: 'B0 A1 C99',
      want: [2, 3, 'window', 2],
    },
  ])('$name', ({ funnel, events, want }) => {
    const { furthest, stop } = why(funnel, events)
    expect([furthest, stop?.stage, stop?.reason, stop?.event]).toEqual(want)
  })

  it('by how much it came too late', () => {
    expect(why(funnelOf('A→B'), 'A0 A30 B95').stop?.late_ms).toBe(5 * MINUTE)
  })

  it.each([
    ['two', funnelOf('A→B', onlyGold), 'A0 B99{plan="tin"}', ['filter', 'window']],
    [
      'three',
      funnelOf('A→B', { ...onlyGold, hold: 'p' }),
      'A0{p=1} B99{p=2,plan="tin"}',
      ['hold', 'filter', 'window'],
    ],
    [
      'two of which one alone was enough',
      funnelOf('A→B', onlyGold),
      'A0 B50{plan="tin"} B99{plan="tin"}',
      ['filter'],
    ],
  ])('for all of several reasons, and only those: %s', (_, funnel, events, want) => {
    const { stop } = why(funnel, events)
    expect([stop?.reason, ...(stop?.besides ?? []).map(({ reason }) => reason)]).toEqual(want)
    const late = [stop, ...(stop?.besides ?? [])].find((one) => one?.reason === 'window')
    if (want.includes('window')) expect(late).toMatchObject({ event: 1, late_ms: 39 * MINUTE })
  })

  it('not at all where the last stage was reached', () => {
    const { furthest, stop, chains } = why(funnelOf('A→B→C'), 'A0 A2 B5 C9')
    expect([furthest, stop, chains[2]]).toEqual([3, null, [1, 2, 3]])
  })

  it('only when nobody could go on', () => {
    const reason = (funnel: Funnel, events: string, minutes: number) =>
      why(funnel, events, minutes * MINUTE).stop?.reason
    const plain = funnelOf('A→B→C')
    expect(reason(plain, 'A0 B5', 60)).toBe('not_mature')
    expect(reason(plain, 'A0 B5', 60.1)).toBe('never')
    // A later entry that got as far holds the door open.
    expect(reason(plain, 'A0 B5 A30 B31', 90)).toBe('not_mature')
    expect(reason(plain, 'A0 B5 A30', 61)).toBe('never')
    // What was spoiled stays so.
    expect(reason(funnelOf('A→B→C', excluding), 'A0 B5 X6', 10)).toBe('never')
    expect(reason(funnelOf('A→B→C', { unit: 'visit' }), 'A0 B5', 36)).toBe('never')
    expect(reason(funnelOf('A→B→C', { hold: 'p' }), 'A0{p=1} B5{p=1}', 36)).toBe('not_mature')
  })
})
