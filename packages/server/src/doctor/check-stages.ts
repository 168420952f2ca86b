import { type Site, STANDARD_STAGES, type StandardStage } from '@weir/contract'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/tables.ts'
import { type Finding, good, look } from './finding.ts'

/** Whether each of the five stages has ever come from a site. */
export async function checkStages(db: Kysely<Database>, site: Site): Promise<Finding[]> {
  const about = `site ${site.id}, ${site.name}`
  const silent = await listSilent(db, site.id)
  if (silent.length === 0) return [good(about, 'every stage has fired')]
  if (silent.length === STANDARD_STAGES.length) return [look(about, 'nothing has come yet', NO_TAG)]
  return silent.map((stage) => look(about, `${stage} has never come`, ADVICE[stage]))
}

const NO_TAG =
  'Put the tag into every page: `<script async src="https://…/weir.js?key=wk_…">`; /tag of a running Weir has it whole.'

const ADVICE: Record<StandardStage, string> = {
  view: 'The tag tells of views by itself: is it in the pages? See /tag of a running Weir.',
  product_view: "Call weir('product_view', { product_id }) on the page of a product.",
  chat: "Fine in a shop without a chat; else load the tag with ?with=chat, or call weir('chat').",
  add_to_cart: "Call weir('add_to_cart', { product_id, price, currency }) where the button is.",
  purchase:
    "Call weir('purchase', { order_id, value, currency }) on the thank-you page, or send it from your server with the secret key.",
}

async function listSilent(db: Kysely<Database>, site_id: number): Promise<StandardStage[]> {
  const { rows } = await sql<{ stage: StandardStage }>`
    select stage
    from unnest(${[...STANDARD_STAGES]}::text[]) with ordinality as standard (stage, place)
    where not exists (
      select
      from events
      where site_id = ${site_id}
        and name = stage
    )
    order by place`.execute(db)
  return rows.map(({ stage }) => stage)
}
