import { addressOf } from '@weir/client'
import type { FunnelAnswer } from '@weir/contract'
import type { Command } from './command.ts'
import { connect } from './connect.ts'
import { lastDays } from './last-days.ts'
import { UsageError } from './mistakes.ts'
import { breakdownText } from './rates/breakdown-text.ts'
import { compareText } from './rates/compare-text.ts'
import { headingText } from './rates/heading-text.ts'
import { sentencesText } from './rates/sentences-text.ts'
import { type Definition, isDefinition } from './rates/shown-rate.ts'
import { stagesText } from './rates/stages-text.ts'
import { trendText } from './rates/trend-text.ts'
import { ASKING, readArguments } from './read-arguments.ts'
import type { Terminal } from './terminal.ts'

const HELP = `weir rates [FUNNEL] --key rk_… [options]

What share of visitors converts. FUNNEL is a saved one; storefront if not said.

  --from DATE --to DATE   entries from the one up to, not including, the other;
                          the last 30 days, today included, if not said
  --target EVENT          also of those who did EVENT, like add_to_cart
  --definition NAME       only funnel, previous_stage or target_action
  --stage NAME            the one that counts as converted, if not the last;
                          its name or its number
  --breakdown PROPERTY    a row for each value, like utm_campaign or device
  --attribution NAME      last_touch, first_touch, entry or stage:k
  --limit N               rows of the breakdown; the rest is summed
  --filter P:OP:VALUE     like device:eq:mobile; may be repeated
  --interval NAME         a row for each hour, day, week or month
  --compare RANGE         previous, or 2026-09-01..2026-10-01
  --window 7d  --unit visit  --order strict  --bots  --cookieless
  --json  --csv           the answer as Weir gives it

weir rates --key rk_demo --from 2026-10-01 --to 2026-11-01 --target add_to_cart`

const OPTIONS = {
  ...ASKING,
  csv: { type: 'boolean', default: false },
  from: { type: 'string' },
  to: { type: 'string' },
  target: { type: 'string' },
  definition: { type: 'string' },
  stage: { type: 'string' },
  breakdown: { type: 'string' },
  attribution: { type: 'string' },
  limit: { type: 'string' },
  filter: { type: 'string', multiple: true },
  interval: { type: 'string' },
  compare: { type: 'string' },
  window: { type: 'string' },
  unit: { type: 'string' },
  order: { type: 'string' },
  bots: { type: 'boolean' },
  cookieless: { type: 'boolean' },
} as const

export const rates: Command = {
  summary: 'what share of visitors converts',
  help: HELP,
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, OPTIONS, 1)
    const { json, csv, url, key, site, ...asked } = values
    if (json && csv) throw new UsageError('--json and --csv are two ways; take one.')
    const { client } = connect('read', { url, key, site }, terminal.caller)
    const [funnel = 'storefront'] = positionals
    const question = { funnel, ...lastDays(30), ...asked, site }
    // Whatever they are: Weir says which of them it does not take.
    const address = addressOf('/v1/rates', question)
    if (csv) return terminal.print((await client.getText(`${address}&format=csv`)).trimEnd())
    const answer = await client.get<FunnelAnswer>(address)
    const definition = isDefinition(asked.definition) ? asked.definition : 'funnel'
    terminal.print(json ? JSON.stringify(answer) : ratesText(answer, definition, terminal))
  },
}

const NOBODY =
  '  Nobody was there. If the tag is in the pages already: `weir doctor` looks for what is wrong.'

function ratesText(answer: FunnelAnswer, definition: Definition, terminal: Terminal): string {
  const { breakdown, points, compare } = answer
  if (answer.site_visitors === 0) return `${headingText(answer, terminal)}\n\n${NOBODY}`
  return [
    headingText(answer, terminal),
    stagesText(answer, terminal),
    ...(breakdown ? [breakdownText(answer, breakdown, definition, terminal)] : []),
    ...(points ? [trendText(answer, points, definition, terminal)] : []),
    ...(compare ? [compareText(answer, compare, definition, terminal)] : []),
    sentencesText(answer, definition, terminal),
  ].join('\n\n')
}
