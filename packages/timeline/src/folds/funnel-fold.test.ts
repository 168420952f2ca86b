import { describe, expect, it } from 'vitest'
import type { PlainTally } from '../../oracle/plain-tally.ts'
import { ListProperty } from '../counting/rows.ts'
import { DAY, eventsOf, funnelOf, MINUTE, tallyOf } from '../fixture.ts'
import type { Attribution } from '../matching/funnel.ts'

const counts = (tally: PlainTally | undefined) => tally?.stages.map(({ count }) => count)
const minutes = (times: readonly number[] = []) => times.map((time) => time / MINUTE)

describe('counts', () => {
  const many = (rate: number) =>
    Array.from({ length: 1000 }, (_, i) =>
      eventsOf(i % rate === 0 ? 'view0 purchase5' : 'view0', `v${i}`),
    ).flat()
  it.each([
    { rate: 10, want: [1000, 100] },
    { rate: 20, want: [1000, 50] },
  ])('1,000 visitors, one of $rate converts', ({ rate, want }) => {
    const tally = tallyOf(funnelOf('view→purchase'), many(rate))
    expect(counts(tally)).toEqual(want)
    expect(tally.site_visitors).toBe(1000)
  })

  it('takes visitors who only looked elsewhere as visitors of the site', () => {
    const events = [...eventsOf('A0 B1', 'v'), ...eventsOf('X0', 'w'), ...eventsOf('X-5', 'before')]
    expect(tallyOf(funnelOf('A→B'), events)).toMatchObject({ site_visitors: 2 })
  })

  it('counts visits', () => {
    const tally = tallyOf(funnelOf('A→B', { unit: 'visit' }), eventsOf('A0 B1 A60 X100'))
    expect(counts(tally)).toEqual([2, 1])
    expect(tally.site_visitors).toBe(3)
  })

  it('leaves out bots and cookieless events unless asked', () => {
    const events = [
      ...eventsOf('A0{bot=true} B1{bot=true}', 'bot'),
      ...eventsOf('A0{cookieless=true} B1{cookieless=true}', 'page'),
      ...eventsOf('A0', 'v'),
    ]
    const asked = (changes: object) => {
      const tally = tallyOf(funnelOf('A→B', changes), events)
      return [...(counts(tally) ?? []), tally.site_visitors, tally.cookieless_events]
    }
    expect(asked({})).toEqual([1, 0, 1, 2])
    expect(asked({ bots: true })).toEqual([2, 1, 2, 2])
    expect(asked({ cookieless: true })).toEqual([2, 1, 2, 2])
    expect(asked({ bots: true, cookieless: true })).toEqual([3, 2, 3, 2])
  })
})

describe('time', () => {
  it('is that of the chain that first reached the stage', () => {
    const tally = tallyOf(funnelOf('A→B→C'), eventsOf('A0 A30 B45 C75 B76'))
    expect(tally.stages.map(({ time_to_stage }) => minutes(time_to_stage))).toEqual([
      [],
      [15],
      [30],
    ])
    expect(minutes(tally.time_to_convert)).toEqual([45])
  })

  it('goes past an optional stage', () => {
    const tally = tallyOf(funnelOf('A→B?→C'), eventsOf('A0 B2 C5'))
    expect(tally.stages.map(({ time_to_stage }) => minutes(time_to_stage))).toEqual([[], [2], [5]])
    expect(tally.stages.map(({ continued }) => minutes(continued))).toEqual([[5], [5], []])
  })

  it.each(['A0 X30 X60 X69.9 X70 X71', 'A0 A0 X30 X60 X69.9 X70 X71'])(
    'runs no further than a chain could: %s',
    (events) => {
      const range = { from: 0, to: 10 * MINUTE }
      const tally = tallyOf(funnelOf('A→B'), eventsOf(events), range)
      expect(minutes(tally.stages[0]?.left)).toEqual([69.9])
    },
  )

  it('runs, for who left, to the end of that visit', () => {
    const tally = tallyOf(funnelOf('A→B→C'), eventsOf('A0 B5 X10 X40 X71'))
    expect(tally.stages.map(({ left }) => minutes(left))).toEqual([[], [35], []])
    expect(tally.stages.map(({ continued }) => minutes(continued))).toEqual([[5], [], []])
  })
})

describe('revenue', () => {
  it('sums every event that fills the stage, by currency', () => {
    const events = eventsOf(
      'A0 B1{value=10,currency="EUR"} B2{value=2.5,currency="EUR"} B3{price=3,quantity=2,currency="USD"} B90{value=1}',
    )
    const tally = tallyOf(funnelOf('A→B'), events)
    expect(tally.events).toBe(3)
    expect(Object.fromEntries(tally.stages[1]?.revenue ?? [])).toEqual({
      EUR: { orders: 2, value: 12.5 },
      USD: { orders: 1, value: 6 },
    })
  })
})

it('keeps the currencies of each stage apart', () => {
  const tally = tallyOf(funnelOf('A→B'), eventsOf('A0{value=1,currency="EUR"} B1{value=2}'))
  expect(tally.stages.map(({ revenue }) => Object.fromEntries(revenue))).toEqual([
    { EUR: { orders: 1, value: 1 } },
    { '': { orders: 1, value: 2 } },
  ])
})

describe('breakdown', () => {
  const rowOf = (attribution: Attribution, events: string, stages = 'A→B→C') => {
    const breakdown = { property: 'p', attribution }
    const tally = tallyOf(funnelOf(stages, { breakdown }), eventsOf(events))
    return [...(tally.rows?.keys() ?? [])]
  }
  it.each([
    ['last_touch', 'A0{p="a"} X1{p="b"} B2 C3 X4{p="c"}', ['b']],
    ['last_touch', 'X0{p="a"} A1 B2 X3{p="late"}', ['a']],
    ['last_touch', 'X-1{p="before"} A1 B2', [null]],
    ['last_touch', 'A1{p=0} B2{p=""}', ['']],
    ['last_touch', 'A1 B2{p="z"} B2{p="y"}', ['y']],
    ['first_touch', 'X0 X1{p="a"} A2{p="b"} B3', ['a']],
    ['first_touch', 'X1{p="b"} X1{p="a"} A2', ['a']],
    ['entry', 'A0{p="a"} A1{p="b"} B2{p="c"}', ['b']],
    ['entry', 'A0 B2{p="c"}', [null]],
    ['entry', 'A0{p="b"} A0{p="a"} B2', ['a']],
    ['stage:2', 'A0{p="a"} B2{p="b"} B3{p="c"} C4', ['b']],
    ['stage:3', 'A0{p="a"} B2{p="b"}', [null]],
    ['stage:2', 'A0 B2{p="b"} B2{p="a"} C4', ['a']],
  ] as const)('%s of %s is %j', (attribution, events, want) => {
    expect(rowOf(attribution, events)).toEqual(want)
  })

  it('is not touched by what the question does not see', () => {
    const breakdown = { property: 'p', attribution: 'last_touch' as const }
    const filters = [{ property: 'q', op: 'set' as const }]
    const events = eventsOf('A0{p="a",q=1} X1{p="b"} B2{q=1}')
    const { rows } = tallyOf(funnelOf('A→B', { breakdown, filters }), events)
    expect([...(rows?.keys() ?? [])]).toEqual(['a'])
  })

  it('has nobody who did not enter', () => {
    expect(rowOf('last_touch', 'B0{p="a"}')).toEqual([])
  })

  it('settles a tie only among events that could stand there', () => {
    // B|C is needed as the second stage: only C can be the third.
    expect(rowOf('stage:3', 'A0 B1{p="a"} C1{p="c"}', 'A→B→B|C')).toEqual(['c'])
    expect(rowOf('stage:3', 'A0 B1{p="c"} B1{p="a"}', 'A→B→B|C')).toEqual(['a'])
  })

  it('lets an excluded event begin a chain in any order, not end it', () => {
    const funnel = funnelOf('A→B', {
      order: 'any_order',
      exclusions: [{ events: ['A'], filters: [], after_stage: 1, before_stage: 2 }],
      breakdown: { property: 'p', attribution: 'stage:2' },
    })
    expect([...(tallyOf(funnel, eventsOf('A0{p="x"} B0')).rows?.keys() ?? [])]).toEqual([null])
  })

  it('settles no tie by a chain that would be later', () => {
    expect(rowOf('entry', 'A0{p="b"} B0{p="a"} B5', 'A|B→B')).toEqual(['b'])
  })

  it('adds up to the total', () => {
    const events = ['A0{p=1} B1', 'A0{p=2} B1', 'A0 B1 C2', 'A0{p=1}', 'X0'].flatMap((text, i) =>
      eventsOf(text, `v${i}`),
    )
    const breakdown = { property: 'p', attribution: 'last_touch' as const }
    const tally = tallyOf(funnelOf('A→B→C', { breakdown }), events)
    expect(Object.fromEntries([...(tally.rows ?? [])].map(([k, row]) => [k, counts(row)]))).toEqual(
      {
        1: [2, 1, 0],
        2: [1, 1, 0],
        null: [1, 1, 1],
      },
    )
    expect(counts(tally)).toEqual([4, 3, 1])
  })

  it('refuses lists', () => {
    const breakdown = { property: 'p', attribution: 'entry' as const }
    const events = eventsOf('A0{items=[{"p":1}]}')
    expect(() => tallyOf(funnelOf('A→B', { breakdown }), events, DAY)).toThrow(ListProperty)
  })
})
