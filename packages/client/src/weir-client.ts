import type {
  CartsAnswer,
  DeliveryAnswer,
  Envelope,
  ExplainAnswer,
  ExplainQuestion,
  FunnelAnswer,
  FunnelBody,
  FunnelQuestion,
  FunnelVersionAnswer,
  ImportProgress,
  ImportSummary,
  ListedKey,
  LiveAnswer,
  MadeKey,
  MadeSite,
  MembersAnswer,
  MembersQuestion,
  ProductsAnswer,
  Receipt,
  SchemaAnswer,
  SentEvent,
  ShareAnswer,
  ShareBody,
  Site,
  SiteBody,
  SiteChanges,
  TrendAnswer,
  TrendQuestion,
  VisitorEventsAnswer,
} from '@weir/contract'
import { addressOf, type Query } from './address.ts'
import type {
  CartsQuery,
  ExportQuery,
  ProductsQuery,
  RangeQuery,
  RatesQuery,
  VisitorEventsQuery,
} from './questions.ts'
import { readLines, readMessages } from './read-lines.ts'
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
  const { get, getText, getStream, put, ask, drop } = methods(send)

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
    /** Who is behind a count; the next page with `cursor`. */
    members: (question: MembersQuestion, asking?: Asking) =>
      ask<MembersAnswer>(at('/v1/query/members'), question, asking),
    /** Why a visitor did, or did not, convert. */
    explain: (question: ExplainQuestion, asking?: Asking) =>
      ask<ExplainAnswer>(at('/v1/query/explain'), question, asking),
    visitorEvents: (visitor_id: string, query: VisitorEventsQuery = {}, asking?: Asking) =>
      get<VisitorEventsAnswer>(at(`${visitor(visitor_id)}/events`, query), asking),
    carts: (query: CartsQuery, asking?: Asking) => get<CartsAnswer>(at('/v1/carts', query), asking),
    products: (query: ProductsQuery, asking?: Asking) =>
      get<ProductsAnswer>(at('/v1/products', query), asking),
    delivery: (range: RangeQuery, asking?: Asking) =>
      get<DeliveryAnswer>(at('/v1/delivery', range), asking),
    /** What there is to ask about; of the last 30 days without a range. */
    schema: (range: Partial<RangeQuery> = {}, asking?: Asking) =>
      get<SchemaAnswer>(at('/v1/schema', range), asking),
    /** What happens, each time something has changed; for up to 15 minutes. */
    live: async (asking?: Asking): Promise<AsyncGenerator<LiveAnswer>> =>
      readMessages(await send(at('/v1/live'), { ...asking })),

    listFunnels: async (asking?: Asking) =>
      (await get<{ funnels: FunnelVersionAnswer[] }>(at('/v1/funnels'), asking)).funnels,
    /** The newest version, or the one named. */
    getFunnel: (name: string, version?: number, asking?: Asking) =>
      get<FunnelVersionAnswer>(at(funnel(name), { version }), asking),
    listFunnelVersions: async (name: string, asking?: Asking) =>
      (await get<{ versions: FunnelVersionAnswer[] }>(at(`${funnel(name)}/versions`), asking))
        .versions,
    /** Makes the next version; those before it can still be asked, as `name@2`. */
    saveFunnel: (name: string, body: FunnelBody) =>
      ask<FunnelVersionAnswer>(at(funnel(name)), body, { method: 'PUT' }),
    deleteFunnel: async (name: string) => {
      await drop(at(funnel(name)))
    },

    /** A link that opens one question to whoever has it. */
    share: (body: ShareBody) => ask<ShareAnswer>(at('/v1/shares'), body),
    listShares: async (asking?: Asking) =>
      (await get<{ shares: ShareAnswer[] }>(at('/v1/shares'), asking)).shares,
    revokeShare: async (id: number) => {
      await drop(at(`/v1/shares/${id}`))
    },

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
      readJson<{ erased_events: number }>(await drop(at(visitor(visitor_id)))),

    listSites: async () => (await get<{ sites: Site[] }>('/v1/sites')).sites,
    getSite: (id: number) => get<{ site: Site; keys: ListedKey[] }>(`/v1/sites/${id}`),
    addSite: (body: SiteBody) => ask<MadeSite>('/v1/sites', body),
    updateSite: async (id: number, changes: SiteChanges) =>
      (await ask<{ site: Site }>(`/v1/sites/${id}`, changes, { method: 'PATCH' })).site,
    /** And everything it measured, for good. */
    eraseSite: async (id: number) =>
      readJson<{ erased_events: number }>(await drop(`/v1/sites/${id}?confirm=${id}`)),
    addKey: (site_id: number, kind: MadeKey['kind']) =>
      ask<MadeKey>(`/v1/sites/${site_id}/keys`, { kind }),
    revokeKey: async (key_id: number) => {
      await drop(`/v1/keys/${key_id}`)
    },

    /** For pages: trades a read key for a cookie. */
    signIn: async (read_key: string) => {
      await put('POST', '/v1/session', JSON.stringify({ key: read_key }), 'application/json')
    },
    signOut: async () => {
      await drop('/v1/session')
    },
    getSession: async () =>
      (await get<{ site: Pick<Site, 'id' | 'name' | 'time_zone'> }>('/v1/session')).site,
  }
}

const funnel = (name: string) => `/v1/funnels/${encodeURIComponent(name)}`
const visitor = (visitor_id: string) => `/v1/visitors/${encodeURIComponent(visitor_id)}`

function methods(send: Send) {
  const put = (method: string, path: string, body: Blob | string, type: string, asking?: Asking) =>
    send(path, { ...asking, method, body, headers: { 'content-type': type } })
  return {
    put,
    drop: (path: string) => send(path, { method: 'DELETE' }),
    get: async <T>(path: string, asking?: Asking): Promise<T> =>
      readJson(await send(path, { ...asking })),
    getText: async (path: string, asking?: Asking) => (await send(path, { ...asking })).text(),
    getStream: async (path: string, asking?: Asking) =>
      (await send(path, { ...asking })).body ?? new Blob([]).stream(),
    ask: async <T>(
      path: string,
      body: object,
      asking: Asking & { method?: string } = {},
    ): Promise<T> => {
      const { method = 'POST', ...rest } = asking
      return readJson(await put(method, path, JSON.stringify(body), 'application/json', rest))
    },
  }
}
