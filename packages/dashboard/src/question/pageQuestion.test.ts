import { describe, expect, it } from 'vitest'
import { lastDays, pageAddress, readPageQuestion } from './pageQuestion.ts'

const TODAY = '2026-11-21'
const usual = {
  from: '2026-10-23',
  to: '2026-11-22',
  target: 'add_to_cart',
  stage: null,
  breakdown: null,
  compare: null,
  definition: null,
  interval: null,
}

describe('readPageQuestion', () => {
  it.each([
    ['nothing: 30 days with today', '', usual],
    ['empty values are nothing', '?from=&to=&target=&stage=&breakdown=&compare=&interval=', usual],
    [
      'everything',
      '?from=2026-10-01&to=2026-11-01&target=product_view&stage=chat&breakdown=device&compare=previous&definition=of_site&interval=week',
      {
        ...{ from: '2026-10-01', to: '2026-11-01', target: 'product_view' },
        ...{ stage: 'chat', breakdown: 'device', compare: 'previous' },
        ...{ definition: 'of_site', interval: 'week' },
      },
    ],
    ['only from: up to today', '?from=2026-11-01', { ...usual, from: '2026-11-01' }],
    [
      'only to: the 30 days before it',
      '?to=2026-11-01',
      { ...usual, from: '2026-10-02', to: '2026-11-01' },
    ],
    ['a wrong date is passed on', '?from=oktober', { ...usual, from: 'oktober' }],
    ['a wrong end too', '?to=soon', { ...usual, to: 'soon' }],
    ['what others added is ignored', '?utm_source=mail', usual],
  ])('%s', (_, search, want) => {
    expect(readPageQuestion(search, TODAY)).toEqual(want)
  })
})

describe('pageAddress', () => {
  it.each([
    ['without a stage', usual],
    ['with a stage and a split', { ...usual, stage: 'chat', breakdown: 'device' }],
    ['compared with a range', { ...usual, compare: '2026-09-01..2026-10-01' }],
    ['over time', { ...usual, definition: 'previous_stage', interval: 'week' }],
    ['a target of any script', { ...usual, target: 'Añadir & pagar=ü' }],
  ])('%s, reads back as the same question', (_, question) => {
    expect(readPageQuestion(pageAddress(question).slice(1), TODAY)).toEqual(question)
  })
})

it.each([
  [7, '2026-11-15'],
  [30, '2026-10-23'],
  [90, '2026-08-24'],
])('the last %d days begin on %s and include today', (days, from) => {
  expect(lastDays(days, TODAY)).toEqual({ from, to: '2026-11-22' })
})
