import { counted } from '@weir/client/text'
import { type Site, STANDARD_STAGES, type StandardStage } from '@weir/contract'
import type { Pool } from 'pg'
import { findUsage } from '../usage/find-usage.ts'
import { type Finding, good, look } from './finding.ts'

const DAY_MS = 86_400_000
const BACK_DAYS = 366
/** After so long beside others that come, a stage is broken rather than rare. */
const SILENT_DAYS = 30

const ANY_EVENT = 'select from events where site_id = $1 limit 1'

/** Whether each of the five stages comes from a site, told by timelines: newest first, until all were seen. */
export async function checkStages(pool: Pool, site: Site, now: number): Promise<Finding[]> {
  const about = `site ${site.id}, ${site.name}`
  const { last_at, looked_back_to } = await findUsage(
    pool,
    site.id,
    { from: now + DAY_MS, to: now + DAY_MS + 1 },
    {
      sought: STANDARD_STAGES,
      back_days: BACK_DAYS,
      most_back_events: 20_000_000,
      most_sample_events: 0,
      limit_ms: 120_000,
    },
    new AbortController().signal,
  )
  const newest = Math.max(...last_at.values())
  const days = counted(Math.round((now - looked_back_to) / DAY_MS), 'day')
  if (last_at.size === 0) {
    const { rows } = await pool.query(ANY_EVENT, [site.id])
    const found =
      rows.length === 0 ? 'nothing has come yet' : `none of the five stages came in ${days}`
    return [look(about, found, NO_TAG)]
  }
  const findings = STANDARD_STAGES.flatMap((stage) => {
    const last = last_at.get(stage)
    if (last === undefined) return [look(about, `${stage} never came in ${days}`, ADVICE[stage])]
    if (newest - last < SILENT_DAYS * DAY_MS) return []
    const date = new Date(last).toISOString().slice(0, 10)
    return [look(about, `${stage} has not come since ${date}`, ADVICE[stage])]
  })
  return findings.length > 0 ? findings : [good(about, 'every stage has fired')]
}

const NO_TAG =
  'Put the tag into every page: `<script async src="https://…/weir.js?key=wk_…">`; /tag of a running Weir has it whole. Bots do not count, and curl with a write key is one.'

const ADVICE: Record<StandardStage, string> = {
  view: 'The tag tells of views by itself: is it in the pages? See /tag of a running Weir.',
  product_view: "Call weir('product_view', { product_id }) on the page of a product.",
  chat: "Fine in a shop without a chat; else load the tag with ?with=chat, or call weir('chat').",
  add_to_cart: "Call weir('add_to_cart', { product_id, price, currency }) where the button is.",
  purchase:
    "Call weir('purchase', { order_id, value, currency }) on the thank-you page, or send it from your server with the secret key.",
}
