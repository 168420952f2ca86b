import { expect, it } from 'vitest'
import { readPageQuestion } from './pageQuestion.ts'
import { withRange } from './withRange.ts'

it.each([
  ['week', '2026-08-24', 'week'],
  ['hour', '2026-08-24', null],
  ['hour', '2026-11-20', 'hour'],
  ['month', '2026-11-20', null],
  [null, '2026-08-24', null],
])('%s, when it begins on %s, is %s', (interval, from, want) => {
  const question = { ...readPageQuestion('?stage=chat', '2026-11-21'), interval }
  const to = '2026-11-22'
  expect(withRange(question, from, to)).toEqual({ ...question, from, to, interval: want })
})
