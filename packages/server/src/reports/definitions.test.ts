import type { FunnelQuestion, RatesAnswer, Site } from '@weir/contract'
import { rate } from '@weir/timeline'
import { describe, expect, it } from 'vitest'
import { ProblemError } from '../problems.ts'
import { rateDefinitions } from './rate-definitions.ts'
import { explained } from './rates-of.ts'
import { resolveQuestion } from './resolve-question.ts'

const SITE: Site = { id: 1, name: 'Shop', time_zone: 'UTC', origins: null }
const NAMES = ['view', 'add_to_cart', 'purchase']

function ask(more: Partial<FunnelQuestion>) {
  const stages = NAMES.map((name) => ({ events: [name] }))
  const plain = { stages, from: '2026-10-01', to: '2026-11-01' }
  const { asked } = resolveQuestion({ ...plain, ...more }, undefined, SITE)
  return asked
}

const definitions = (more: Partial<FunnelQuestion>) => {
  const asked = ask(more)
  return { ...asked.definitions, ...rateDefinitions(asked) }
}

describe('a definition says what this question counts', () => {
  const MOBILE = { property: 'device', op: 'eq', value: 'mobile' } as const
  it.each<[string, Partial<FunnelQuestion>, string]>([
    ['counted', { unit: 'visit' }, 'every chain stays inside it'],
    ['order', { order: 'any_order' }, 'any k of the stages'],
    ['left_out', {}, 'bots, visitors who cannot be known again'],
    ['left_out', { bots: true }, 'visitors who cannot be known again (cookieless).'],
    ['left_out', { bots: true, cookieless: true }, 'Nobody'],
    ['filters', { filters: [MOBILE] }, 'events with device eq mobile alone'],
    ['filters', { filters: [{ ...MOBILE, op: 'in', value: ['a', 'b'] }] }, 'device in a, b alone'],
    ['hold', { hold: 'product_id' }, 'one product_id in common'],
    [
      'exclusions',
      { exclusions: [{ events: ['remove_from_cart'], after_stage: 2 }] },
      'remove_from_cart after stage 2 (add_to_cart) and before stage 3 (purchase)',
    ],
    [
      'exclusions',
      { exclusions: [{ events: ['chat'] }], order: 'any_order' },
      'Every window that is open ends with chat.',
    ],
    ['breakdown', { breakdown: { property: 'device' } }, 'row of device: the last value'],
    ['breakdown', { breakdown: { property: 'device', limit: 3 } }, 'Rows beyond the 3 largest'],
    [
      'breakdown',
      { breakdown: { property: 'device', attribution: 'stage:2' } },
      'on the event that first reached stage 2',
    ],
    ['window', { window: '12h' }, 'at most 12h after its entry'],
    ['funnel', { unit: 'visit' }, 'Visits that reached'],
    ['funnel', { order: 'any_order' }, 'divided by visitors that filled any stage'],
    ['target_action', {}, 'Ask with a `target`'],
    [
      'target_action',
      { target: { events: ['chat'], filters: [MOBILE] } },
      'did chat with device eq mobile in the range',
    ],
    ['target_action', { target: { events: ['chat'] }, order: 'strict' }, 'without exclusions'],
    ['of_site', { breakdown: { property: 'device' } }, 'of whatever row'],
  ])('%s of %j', (name, more, words) => {
    expect(definitions(more)[name]).toContain(words)
  })

  it('and nothing of what it does not ask for', () => {
    expect(Object.keys(ask({}).definitions)).toEqual(['counted', 'order', 'window', 'left_out'])
  })
})

describe('a sentence says what was divided by what', () => {
  const RATES: RatesAnswer = {
    funnel: rate(20, 1_000),
    previous_stage: rate(20, 50),
    target_action: rate(10, 40),
    of_site: rate(20, 1_200),
  }
  const target = { events: ['chat'] }
  it.each<[string, Partial<FunnelQuestion>, Partial<Record<keyof RatesAnswer, string>>]>([
    [
      'in order',
      {},
      {
        funnel: '20 of 1,000 visitors who entered at view reached purchase within 7d.',
        previous_stage: '20 of 50 visitors who reached add_to_cart went on to purchase.',
        target_action: '10 of 40 visitors who did chat then reached purchase within 7d.',
        of_site: '20 of 1,200 visitors with any event in the range reached purchase.',
      },
    ],
    [
      'of visits',
      { unit: 'visit' },
      { funnel: '20 of 1,000 visits that entered at view reached purchase within 7d.' },
    ],
    [
      'in any order',
      { order: 'any_order' },
      {
        funnel:
          '20 of 1,000 visitors who filled any stage filled 3 stages, in any order within 7d.',
        previous_stage: '20 of 50 visitors who filled 2 stages went on to 3.',
        of_site: '20 of 1,200 visitors with any event in the range filled 3 stages.',
      },
    ],
  ])('%s', (_, more, sentences) => {
    const rates = explained(ask({ ...more, target }), RATES, 2)
    for (const [name, sentence] of Object.entries(sentences))
      expect(rates).toMatchObject({ [name]: { sentence } })
  })
})

describe('exclusions in any order', () => {
  const wrongIn = (exclusion: object) => {
    try {
      ask({ order: 'any_order', exclusions: [{ events: ['chat'], ...exclusion }] })
      return []
    } catch (error) {
      if (error instanceof ProblemError) return error.errors.map(({ path, code }) => [path, code])
      throw error
    }
  }

  it.each([{ after_stage: 2 }, { before_stage: 2 }])(
    'take no %o: no stage is before another',
    (it) => {
      expect(wrongIn(it)).toEqual([['exclusions.0', 'not_combinable']])
    },
  )

  it('take the defaults, as an answer gives them back', () => {
    expect(wrongIn({ after_stage: 1, before_stage: 3 })).toEqual([])
  })
})
