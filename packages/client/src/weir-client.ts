import type {
  Envelope,
  FunnelAnswer,
  FunnelQuestion,
  ImportProgress,
  ImportSummary,
  KeyKind,
  Receipt,
  SentEvent,
  Site,
  TrendAnswer,
  TrendQuestion,
} from '@weir/contract'
import { addressOf, type Query } from './address.ts'
import type {
  DeliveryAnswer,
  ExportQuery,
  MadeKey,
  MadeSite,
  NewSite,
  RangeQuery,
  RatesQuery,
  SiteKey,
} from './questions.ts'
import { readLines } from './read-lines.ts'
import { readJson, type Send, sender } from './request.ts'

export interface ClientOptions {
  /** Of a running Weir, like `https://weir.shop.example`. Without one, where the page came from. */
  url?: string | undefined
  /** Without one, the cookie of a session. */
  key?: string | undefined
  /** Whom an admin key speaks for. */
  site?: number | undefined
}

export interface Asking {
  signal?: AbortSignal
}

export type WeirClient = ReturnType<typeof weirClient>

/**
 * Asks Weir; in browsers and in Node. Every method throws a WeirError where there is no answer.
 *
 * ```ts
 * const weir = weirClient({ url: 'http://127.0.0.1:8787', key: 'rk_demo' })
 * const { conversion } = await weir.rates({
 *   funnel: 'storefront',
 *   from: '2026-10-01',
 *   to: '2026-11-01',
 * })
 * console.log(conversion.rates.funnel?.sentence)
 * ```
 */
export function weirClient({ url = '', key, site }: ClientOptions = {}) {
  const send = sender(url.replace(/\/+$/, ''), key)
  const at = (path: string, query: Query = {}) => addressOf(path, { ...query, site })
  const { get, getText, getStream, put, ask } = methods(send)

  return {
    /** Any address, as it stands in the documents. */
    get,
    getText,
    getStream,

    rates: (query: RatesQuery, asking?: Asking) =>
      get<FunnelAnswer>(at('/v1/rates', query), asking),
    /** A row for each stage × value × bucket. */
    ratesCsv: (query: RatesQuery, asking?: Asking) =>
      getText(at('/v1/rates', { ...query, format: 'csv' }), asking),
    funnel: (question: FunnelQuestion, asking?: Asking) =>
      ask<FunnelAnswer>(at('/v1/query/funnel'), question, asking),
    trend: (question: TrendQuestion, asking?: Asking) =>
      ask<TrendAnswer>(at('/v1/query/trend'), question, asking),
    delivery: (range: RangeQuery, asking?: Asking) =>
      get<DeliveryAnswer>(at('/v1/delivery', range), asking),

    /** Up to 500 events, with a write or secret key; answered when they are stored. */
    sendEvents: (events: SentEvent[], shared: Omit<Envelope, 'events' | 'key'> = {}) =>
      ask<Receipt>('/v1/events', { ...shared, events }),
    /** NDJSON of any length, with a secret key: what became of each lot of lines, and a last line of sums. */
    importEvents: async (
      events: Blob | string,
    ): Promise<AsyncGenerator<ImportProgress | ImportSummary>> =>
      readLines(await put('POST', at('/v1/import'), events, 'application/x-ndjson')),
    /** A stream of NDJSON or CSV, with a secret key. */
    exportEvents: (query: ExportQuery = {}, asking?: Asking) =>
      getStream(at('/v1/export', query), asking),
    eraseVisitor: async (visitor_id: string) =>
      readJson<{ erased_events: number }>(
        await send(at(`/v1/visitors/${encodeURIComponent(visitor_id)}`), { method: 'DELETE' }),
      ),

    listSites: async () => (await get<{ sites: Site[] }>('/v1/sites')).sites,
    getSite: (id: number) => get<{ site: Site; keys: SiteKey[] }>(`/v1/sites/${id}`),
    addSite: (made: NewSite) => ask<MadeSite>('/v1/sites', made),
    addKey: (site_id: number, kind: Exclude<KeyKind, 'admin'>) =>
      ask<MadeKey>(`/v1/sites/${site_id}/keys`, { kind }),
    revokeKey: async (key_id: number) => {
      await send(`/v1/keys/${key_id}`, { method: 'DELETE' })
    },

    /** For pages: trades a read key for a cookie. */
    signIn: async (read_key: string) => {
      await put('POST', '/v1/session', JSON.stringify({ key: read_key }), 'application/json')
    },
    signOut: async () => {
      await send('/v1/session', { method: 'DELETE' })
    },
    getSession: async () =>
      (await get<{ site: Pick<Site, 'id' | 'name' | 'time_zone'> }>('/v1/session')).site,
  }
}

function methods(send: Send) {
  const put = (method: string, path: string, body: Blob | string, type: string, asking?: Asking) =>
    send(path, { ...asking, method, body, headers: { 'content-type': type } })
  return {
    put,
    get: async <T>(path: string, asking?: Asking): Promise<T> =>
      readJson(await send(path, { ...asking })),
    getText: async (path: string, asking?: Asking) => (await send(path, { ...asking })).text(),
    getStream: async (path: string, asking?: Asking) =>
      (await send(path, { ...asking })).body ?? new Blob([]).stream(),
    ask: async <T>(path: string, body: object, asking?: Asking): Promise<T> =>
      readJson(await put('POST', path, JSON.stringify(body), 'application/json', asking)),
  }
}
