import { afterEach, expect, it, vi } from 'vitest'
import { isSignedOut, request } from './request.ts'

const problem = {
  type: 'about:blank',
  title: 'The key is not known',
  status: 401,
  code: 'key_unknown',
  detail: 'No site has it.',
  errors: [],
}
const readText = (response: Response) => response.text()

afterEach(() => vi.unstubAllGlobals())

it.each([
  ['a value', () => new Response('fine'), { ok: true, value: 'fine' }],
  [
    'a problem document',
    () => Response.json(problem, { status: 401 }),
    { ok: false, failure: { kind: 'problem', problem } },
  ],
  [
    "a proxy's page",
    () => new Response('<h1>Bad gateway</h1>', { status: 502 }),
    { ok: false, failure: { kind: 'unexpected', status: 502 } },
  ],
  [
    'JSON of somebody else',
    () => Response.json({ error: 'no' }, { status: 404 }),
    { ok: false, failure: { kind: 'unexpected', status: 404 } },
  ],
  [
    'no server',
    () => {
      throw new TypeError('Failed to fetch')
    },
    { ok: false, failure: { kind: 'unreachable' } },
  ],
])('%s', async (_, reply, want) => {
  vi.stubGlobal('fetch', async () => reply())
  expect(await request('/v1/session', {}, readText)).toEqual(want)
})

it('takes a body that cannot be read for a reply that is not ours', async () => {
  vi.stubGlobal('fetch', async () => new Response('<!doctype html>'))
  const outcome = await request('/v1/session', {}, (response) => response.json())
  expect(outcome).toEqual({ ok: false, failure: { kind: 'unexpected', status: 200 } })
})

it('knows a session that ended from any other failure', () => {
  expect(isSignedOut({ kind: 'unreachable' })).toBe(false)
  expect(isSignedOut({ kind: 'unexpected', status: 401 })).toBe(false)
})
