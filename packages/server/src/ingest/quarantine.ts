/**
 * What was refused, kept so that somebody can see why: at most MOST_WAITING in memory, written every
 * FLUSH_MS, and of each site the newest MOST_OF_SITE. It is told beside, never in the way of events.
 */
import type { FastifyBaseLogger } from 'fastify'
import type { Pool } from 'pg'
import { isDeep } from './is-deep.ts'
import type { Refused } from './refused.ts'

export interface Quarantined {
  site_id: number
  received_at: number
  visitor_id: string | null
  /** Which of its page's events it was, where it says. */
  stream: string | null
  seq: number | null
  refused: Pick<Refused, 'code' | 'field' | 'message'>
  /** As it was sent: anything that JSON can say. */
  event: unknown
}

export interface Quarantine {
  add(refused: Quarantined): void
  /** Writes what waits. */
  flush(): Promise<void>
  stop(): Promise<void>
}

const FLUSH_MS = 500
const MOST_WAITING = 20_000
const MOST_OF_SITE = 10_000
const MOST_CHARACTERS = 2_048
/** JSON.stringify takes n² steps for what is n deep: one request could hold up all others for a second. */
const MOST_DEEP = 100
/** Counting what a site has, for every row that comes, would cost more than the rows. */
const PRUNE_EVERY = 1_000

// Nothing of a site or a visitor that was erased.
const INSERT = `
insert into quarantine (
  site_id, received_at, visitor_id, stream, seq, code, field, message, event
)
select
  site_id, to_timestamp(ms / 1000.0), visitor_id, stream, seq, code, nullif(field, ''), message, event
from unnest(
  $1::integer[], $2::float8[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
  $8::text[], $9::integer[]
) as refused (site_id, ms, visitor_id, code, field, message, event, stream, seq)
join sites using (site_id)
where not exists (
  select from tombstones
  where tombstones.site_id = refused.site_id
    and tombstones.digest = sha256(convert_to('visitor ' || refused.visitor_id, 'UTF8'))
)
for key share of sites`

const PRUNE = `
delete from quarantine
where site_id = $1
  and quarantine_id <= (
    select quarantine_id
    from quarantine
    where site_id = $1
    order by quarantine_id desc
    offset $2
    limit 1
  )`

export function openQuarantine(pool: Pool, log: Pick<FastifyBaseLogger, 'error'>): Quarantine {
  let waiting: (Omit<Quarantined, 'event'> & { event: string | null })[] = []
  let writing: Promise<void> = Promise.resolve()
  const since = new Map<number, number>()
  const timer = setInterval(() => void flush(), FLUSH_MS).unref()

  function flush(): Promise<void> {
    writing = writing.then(write)
    return writing
  }

  async function write(): Promise<void> {
    if (waiting.length === 0) return
    const rows = waiting
    waiting = []
    try {
      await pool.query(INSERT, [
        rows.map(({ site_id }) => site_id),
        rows.map(({ received_at }) => received_at),
        rows.map(({ visitor_id }) => visitor_id),
        rows.map(({ refused }) => refused.code),
        rows.map(({ refused }) => refused.field),
        rows.map(({ refused }) => refused.message),
        rows.map(({ event }) => event),
        rows.map(({ stream }) => stream),
        rows.map(({ seq }) => seq),
      ])
      for (const { site_id } of rows) since.set(site_id, (since.get(site_id) ?? PRUNE_EVERY) + 1)
      for (const [site_id, count] of since) {
        if (count < PRUNE_EVERY) continue
        await pool.query(PRUNE, [site_id, MOST_OF_SITE])
        since.set(site_id, 0)
      }
    } catch (error) {
      log.error({ err: error, events: rows.length }, 'could not write the quarantine')
    }
  }

  return {
    add({ event, ...refused }) {
      if (waiting.length < MOST_WAITING) waiting.push({ ...refused, event: textOf(event) })
    },
    flush,
    async stop() {
      clearInterval(timer)
      await flush()
    },
  }
}

/** Null for what is too deep to be written down. */
const textOf = (event: unknown): string | null =>
  isDeep(event, MOST_DEEP)
    ? null
    : (JSON.stringify(event)?.slice(0, MOST_CHARACTERS).toWellFormed() ?? null)
