/**
 * A shop that sends to `POST /v1/events`, what it sends, and what became of it. What the tests hold
 * Weir to: api.md, "Sending", and reliability.md, "Ingest".
 */
import type { Problem, Receipt } from '@weir/contract'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { readJson, startTestWeir, type TestWeir } from '../../testing.ts'

export const NOON = Date.UTC(2026, 10, 5, 12)
export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const DAY = 24 * 60 * MINUTE

export type Json = Record<string, unknown>

export interface Site {
  id: number
  keys: { write: string; secret: string; read: string }
}

interface Stored {
  id: string
  visitor_id: string
  name: string
  at: number
  stream: string | null
  properties: Json
}

/**
 * For one test file: a Weir of its own, stopped at the end. Every test begins at noon with a new
 * site, whose `id` and `keys` the shop tells; they are not to be kept from one test to the next.
 */
export function openShop() {
  const clock = { now: NOON }
  let weir: TestWeir
  let site: Site

  beforeAll(async () => {
    weir = await startTestWeir({ now: () => clock.now })
  })
  beforeEach(async () => {
    clock.now = NOON
    site = await newSite()
  })
  afterAll(() => weir.stop())

  async function asAdmin(method: string, path: string, body?: Json): Promise<Response> {
    const response = await fetch(weir.url + path, {
      method,
      headers: {
        authorization: `Bearer ${weir.keys.admin}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    expect(response.ok).toBe(true)
    return response
  }

  async function newSite(origins: string[] | null = null): Promise<Site> {
    const asked = { name: 'A shop', time_zone: 'UTC', origins }
    const response = await asAdmin('POST', '/v1/sites', asked)
    const made = await readJson<{ site: { id: number }; keys: Site['keys'] }>(response)
    return { id: made.site.id, keys: made.keys }
  }

  const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${weir.url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', ...headers },
      body,
    })

  /** Sends as a page does, with the key in the body. */
  async function send(
    key: string,
    events: unknown[],
    envelope: Json = {},
    headers: Record<string, string> = {},
  ): Promise<Receipt> {
    const response = await post(textOf({ key, visitor_id: 'v-1', ...envelope, events }), headers)
    expect(response.status).toBe(202)
    return readJson(response)
  }

  async function query(sql: string, values: unknown[] = []): Promise<unknown[]> {
    const { rows } = await weir.pool.query(sql, values)
    return rows
  }

  async function stored(site_id = site.id): Promise<Stored[]> {
    const { rows } = await weir.pool.query<Stored>(
      `select event_id as id, visitor_id, name, extract(epoch from at)::float8 * 1000 as at, stream, properties
         from events where site_id = $1 order by at, event_id`,
      [site_id],
    )
    return rows
  }

  /** Batches whose count is not the number of their events. */
  const wrongInTheLedger = (): Promise<unknown[]> =>
    query(`
      with counted as (select batch_id, count(*)::int as events from events group by batch_id)
      select batch_id, batches.events as said, coalesce(counted.events, 0) as found
      from batches
      full join counted using (batch_id)
      where batches.events is distinct from coalesce(counted.events, 0)`)

  return {
    /** What Weir takes for the time; a test may set it. */
    clock,
    get id() {
      return site.id
    },
    get keys() {
      return site.keys
    },
    get weir() {
      return weir
    },
    asAdmin,
    newSite,
    post,
    send,
    query,
    stored,
    wrongInTheLedger,
  }
}

/** JSON as a stranger may write it: what JavaScript cannot write stands for itself. */
export const textOf = (value: unknown): string =>
  JSON.stringify(value)
    .replaceAll('"@huge@"', '1e999')
    .replaceAll('"@deep@"', `${'['.repeat(20_000)}${']'.repeat(20_000)}`)
    .replaceAll('"@proto@"', '{"__proto__":{"polluted":true}}')
    .replaceAll('"@constructor@"', '{"constructor":{"prototype":{"polluted":true}}}')

export async function problemOf(response: Response): Promise<[number, string]> {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const { status, code, detail } = await readJson<Problem>(response)
  expect(status).toBe(response.status)
  expect(detail).not.toMatch(/\bat .*\.[jt]s/)
  return [response.status, code]
}

export const view = (more: Json = {}): Json => ({ name: 'view', at: NOON - SECOND, ...more })
export const purchase = (order_id: unknown, more: Json = {}): Json => ({
  name: 'purchase',
  at: NOON - SECOND,
  properties: { order_id, value: 20, currency: 'EUR' },
  ...more,
})
/** A v7 of its own for every number. */
export const idOf = (number: number): string =>
  `019a5381-0000-7000-8000-${String(number).padStart(12, '0')}`
export const letters = (count: number): string => 'x'.repeat(count)
export const properties = (count: number, value: unknown = 1): Json =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, value]))
