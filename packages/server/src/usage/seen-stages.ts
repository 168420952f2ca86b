import { type SeenAnswer, STANDARD_STAGES } from '@weir/contract'
import type { Pool } from 'pg'
import { makeTurns } from '../scan/turns.ts'
import { findUsage } from './find-usage.ts'

const DAY_MS = 86_400_000
/** What has not come yet is looked for again after so long. */
const REMEMBERED_MS = 60_000

/**
 * Says which of the five stages a site has had. Anybody who reads a page may ask, so each site is looked at
 * once a minute at most, one after the other, and no more once it has had all.
 */
export function openSeenStages(pool: Pool, now: () => number) {
  const known = new Map<number, { seen: Promise<SeenAnswer>; until: number }>()
  const turns = makeTurns()

  return (site_id: number): Promise<SeenAnswer> => {
    const remembered = known.get(site_id)
    if (remembered && remembered.until > now()) return remembered.seen
    const seen = turns.take(`${site_id}`, () => findSeen(pool, site_id, now()), undefined)
    const entry = { seen, until: now() + REMEMBERED_MS }
    known.set(site_id, entry)
    seen.then(
      (stages) => {
        if (Object.values(stages).every(Boolean)) entry.until = Number.POSITIVE_INFINITY
      },
      () => known.delete(site_id),
    )
    return seen
  }
}

async function findSeen(pool: Pool, site_id: number, now: number): Promise<SeenAnswer> {
  const { last_at } = await findUsage(
    pool,
    site_id,
    // Nothing but what came before: the newest first, until all were seen.
    { from: now + DAY_MS, to: now + DAY_MS + 1 },
    {
      sought: STANDARD_STAGES,
      back_days: 400,
      most_back_events: 10_000_000,
      most_sample_events: 0,
      limit_ms: 10_000,
    },
    new AbortController().signal,
  )
  return {
    view: last_at.has('view'),
    product_view: last_at.has('product_view'),
    chat: last_at.has('chat'),
    add_to_cart: last_at.has('add_to_cart'),
    purchase: last_at.has('purchase'),
  }
}
