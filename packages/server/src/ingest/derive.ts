import { addressOf } from './address.ts'
import { arrivalOf } from './arrival.ts'
import type { Flat } from './check-properties.ts'
import { cleanText } from './clean-text.ts'
import { countryOf } from './country.ts'
import type { JsonRecord } from './record.ts'
import { agentOf } from './user-agent.ts'

const MAX_TEXT = 200

/** What can be told of an event from where it happened; usable like any property. */
export function derive(
  context: JsonRecord,
  sender: { by_server: boolean; user_agent: string },
): Flat {
  const page = addressOf(context.url)
  // A server's own User-Agent says nothing of the shopper, but it may pass the shopper's on.
  const agent = sender.by_server ? text(context.user_agent) : sender.user_agent
  return defined({
    host: page?.host,
    path: page?.path,
    title: text(context.title),
    screen: text(context.screen),
    language: text(context.language),
    country: countryOf(text(context.time_zone)),
    ...(agent ? agentOf(agent) : {}),
    ...arrivalOf(page, addressOf(context.referrer)),
  })
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? cleanText(value.slice(0, MAX_TEXT)) : undefined
}

function defined(flat: Record<string, string | boolean | undefined>): Flat {
  const known: Flat = {}
  for (const name of Object.keys(flat)) {
    const value = flat[name]
    if (value !== undefined) known[name] = value
  }
  return known
}
