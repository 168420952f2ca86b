import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CallOptions, call } from '../call.fixture.ts'
import { startTestWeir, type TestWeir } from '../testing.ts'
import { csvText } from '../text/csv-text.ts'

const RATES = '/v1/rates?funnel=lead&from=2026-10-01&to=2026-11-01'
const START = Date.UTC(2026, 9, 5, 12)
const CAMPAIGNS = ['=1+1', '(unset)', '(other)', '', 'say "a,b"\r\nand c', undefined, 'z', 'y']

let weir: TestWeir
beforeAll(async () => {
  weir = await startTestWeir()
  const events = CAMPAIGNS.flatMap((utm_campaign, visitor) =>
    // The first have the most visitors; the last two are beyond the limit.
    Array.from({ length: CAMPAIGNS.length - visitor }, (_, copy) => ({
      visitor_id: `v-${visitor}-${copy}`,
      name: 'view',
      at: START,
      properties: utm_campaign === undefined ? {} : { utm_campaign },
    })),
  )
  const { body } = await ask('POST', '/v1/events', { key: weir.keys.secret, body: { events } })
  expect(body).toMatchObject({ accepted: events.length })
})
afterAll(() => weir.stop())

const ask = (method: string, path: string, options?: CallOptions) =>
  call(weir, method, path, options)
const rowsOf = (text: string): Record<string, string>[] => parse(text, { columns: true })
const isCsv = (headers: Headers) => headers.get('content-type') === 'text/csv; charset=utf-8'

describe('rates as CSV', () => {
  it('tell every value from what only looks like one', async () => {
    const path = `${RATES}&breakdown=utm_campaign&limit=6&format=csv`
    const { text, headers } = await ask('GET', path)
    expect(isCsv(headers)).toBe(true)
    const rows = rowsOf(text)
    const first = rows.filter(({ stage }) => stage === '1')
    expect(rows).toHaveLength(7 * 2)
    expect(first.map(({ value, value_is, count }) => [value, value_is, Number(count)])).toEqual([
      ["'=1+1", 'value', 8],
      ['(unset)', 'value', 7],
      ['(other)', 'value', 6],
      ['', 'value', 5],
      ['say "a,b"\r\nand c', 'value', 4],
      ['(unset)', 'unset', 3],
      ['(other)', 'other', 3],
    ])
  })

  it('have a row for every bucket, then those of the range compared with', async () => {
    const path = `${RATES}&interval=week&compare=previous&format=csv`
    const starts = rowsOf((await ask('GET', path)).text)
      .filter(({ stage }) => stage === '1')
      .map(({ from }) => from?.slice(0, 10))
    expect(starts).toEqual([
      ...['2026-10-01', '2026-10-05', '2026-10-12', '2026-10-19', '2026-10-26'],
      '2026-08-31',
    ])
  })

  it.each([
    ['text/csv', true],
    ['text/csv, application/json;q=0.5', true],
    ['application/json, text/csv;q=0.5', false],
    ['application/json, text/csv', false],
    ['*/*', false],
    ['text/csv;q=0', false],
  ])('are what `Accept: %s` likes best', async (accept, want) => {
    const { headers } = await ask('GET', RATES, { headers: { accept } })
    expect(isCsv(headers)).toBe(want)
    expect(headers.get('vary')).toBe('accept')
  })

  it('are what `format` says, whatever is accepted', async () => {
    const { headers } = await ask('GET', `${RATES}&format=json`, {
      headers: { accept: 'text/csv' },
    })
    expect(isCsv(headers)).toBe(false)
  })
})

it.each(['funnel', 'trend'])('a posted %s comes as CSV too', async (kind) => {
  const body = { funnel: 'lead', from: '2026-10-01', to: '2026-11-01' }
  const { headers, text } = await ask('POST', `/v1/query/${kind}`, {
    body: kind === 'trend' ? { ...body, interval: 'month' } : body,
    headers: { accept: 'text/csv' },
  })
  expect(isCsv(headers)).toBe(true)
  expect(rowsOf(text).map(({ name, count }) => [name, count])).toEqual([
    ['view', '36'],
    ['generate_lead', '0'],
  ])
})

it('no text is a formula, and numbers stay numbers', () => {
  const texts = ['=1', '+1', '-1', '@a', '\tx', '\rx', '＝1', 'a=1', '1', '(x)']
  const [cells = []]: string[][] = parse(csvText([[...texts, -1.5, 0, null]]))
  expect(cells.slice(0, 7)).toEqual(texts.slice(0, 7).map((text) => `'${text}`))
  expect(cells.slice(7)).toEqual(['a=1', '1', '(x)', '-1.5', '0', ''])
})
