import { WeirError } from '@weir/client'
import type { Problem } from '@weir/contract'
import { expect, it } from 'vitest'
import { failureText } from './failureText.ts'

const wrong = { path: 'from', code: 'invalid_date', message: '`oktober` is no date' }
const problem = (given: Partial<Problem>) =>
  new WeirError('Wrong', 400, {
    type: 'about:blank',
    title: 'Wrong',
    status: 400,
    code: 'invalid_request',
    detail: 'Wrong',
    errors: [],
    ...given,
  })

it.each([
  ['the server explains', { detail: 'It is full.' }, 'It is full.', 0],
  ['the detail repeats the title', {}, null, 0],
  ['the detail repeats the fields', { detail: `from: ${wrong.message}`, errors: [wrong] }, null, 1],
  ['the detail says more than the fields', { detail: 'Look.', errors: [wrong] }, 'Look.', 1],
])('%s', (_, given, detail, fields) => {
  const text = failureText(problem(given))
  expect([text.title, text.detail, text.fields.length]).toEqual(['Wrong', detail, fields])
})

it('has words where the server has none', () => {
  expect(failureText(new WeirError('', null)).title).toBe('Weir cannot be reached')
  expect(failureText(new WeirError('', 502)).detail).toContain('502')
})
