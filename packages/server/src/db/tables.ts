import type { FunnelDefinition, KeyKind, StoredProperties } from '@weir/contract'
import type { Generated, JSONColumnType } from 'kysely'

/** The tables of migrations/, as kysely sees them. */
export interface Database {
  sites: {
    site_id: Generated<number>
    name: string
    time_zone: string
    origins: string[] | null
    created_at: Generated<Date>
  }
  keys: {
    key_id: Generated<number>
    site_id: number | null
    kind: KeyKind
    digest: Buffer
    hint: string
    created_at: Generated<Date>
    revoked_at: Date | null
  }
  funnels: {
    site_id: number
    name: string
    version: number
    definition: JSONColumnType<FunnelDefinition | null, string | null>
    created_at: Generated<Date>
  }
  shares: {
    share_id: Generated<number>
    site_id: number
    key_id: number
    path: string
    created_at: Generated<Date>
    expires_at: Date
    revoked_at: Generated<Date | null>
  }
  installation: { only_one: Generated<boolean>; signing_secret: Buffer }
  names: { site_id: number; code: number; name: string; bot: boolean; cookieless: boolean }
  properties: { site_id: number; code: number; name: string }
  weaves: { weave: number; parts: number; woven_at: Generated<Date> }
  timelines: {
    site_id: number
    day: string
    weave: number
    slots: number
    slot: number
    property: number
    events: number
    visitors: number
    data: Buffer
    replaced_by: number | null
    replaced_at: Date | null
  }
  removals: {
    removal_id: Generated<number>
    site_id: number
    visitor_id: string
    at: Date
    name: string
    order_id: string
    woven: number | null
  }
  batches: {
    batch_id: Generated<number>
    site_id: number
    events: number
    lowest: string
    highest: string
    received_at: Generated<Date>
    woven: number | null
  }
  events: {
    site_id: number
    visitor_id: string
    event_id: string
    batch_id: number
    at: Date
    name: string
    stream: string | null
    seq: number | null
    properties: JSONColumnType<StoredProperties>
  }
  orders: {
    site_id: number
    order_id: string
    visitor_id: string | null
    event_id: string | null
    by_server: boolean
    claimed_at: Generated<Date>
    confirmed_at: Date | null
  }
  quarantine: {
    quarantine_id: Generated<number>
    site_id: number
    received_at: Date
    visitor_id: string | null
    stream: string | null
    seq: number | null
    code: string
    field: string | null
    message: string
    event: string | null
  }
  set_aside: { site_id: number; stream: string; seq: number; visitor_id: string; at: Date }
  tombstones: { site_id: number; digest: Buffer; erased_at: Generated<Date> }
}
