/** A site is what is measured: it owns keys, events and funnels. */
export interface Site {
  id: number
  name: string
  /** IANA, like `Europe/Berlin`: where its days begin. */
  time_zone: string
  /** Pages that may send with the write key; null for any. */
  origins: string[] | null
}

/** `write`: public, may only send. `secret`: server-side, sends anything. `read`: may only ask. `admin`: everything. */
export type KeyKind = 'write' | 'secret' | 'read' | 'admin'

export const KEY_PREFIXES = { write: 'wk_', secret: 'sk_', read: 'rk_', admin: 'ak_' } as const
