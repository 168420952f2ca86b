import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestWeir, type TestWeir } from '../testing.ts'

let weir: TestWeir
beforeAll(async () => {
  weir = await startTestWeir()
})
afterAll(() => weir.stop())

const ask = async (path: string, init: RequestInit = {}, key = weir.keys.read) => {
  const headers = { authorization: `Bearer ${key}`, origin: 'https://elsewhere.example' }
  const response = await fetch(weir.url + path, { ...init, headers })
  await response.arrayBuffer()
  return response.headers
}

describe('an answer', () => {
  it.each([
    ['/', 'read'],
    ['/healthz', 'read'],
    ['/docs', 'read'],
    ['/v1/session', 'read'],
    ['/v1/rates?funnel=storefront&from=2026-01-01&to=2026-02-01', 'read'],
    ['/v1/delivery?from=2026-01-01&to=2026-02-01', 'read'],
    ['/v1/export', 'secret'],
    ['/v1/quarantine', 'secret'],
    ['/metrics', 'admin'],
    ['/nothing', 'read'],
  ] as const)(
    'to %s cannot be framed by others, sniffed, or read by a page of elsewhere',
    async (path, kind) => {
      const headers = await ask(path, {}, weir.keys[kind])
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toMatch(/frame-ancestors '(none|self)'/)
      expect(headers.get('access-control-allow-origin')).toBeNull()
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(headers.get('x-powered-by')).toBeNull()
    },
  )

  it('to events may be read by any page, with no cookie, and holds nothing to run', async () => {
    const body = JSON.stringify({ events: [] })
    const headers = await ask('/v1/events', { method: 'POST', body }, weir.keys.write)
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('access-control-allow-credentials')).toBeNull()
    expect(headers.get('access-control-expose-headers')).toBe('retry-after')
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; frame-ancestors 'none'",
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })
})
