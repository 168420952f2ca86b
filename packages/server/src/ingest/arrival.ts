import type { Address } from './address.ts'
import { channelOf } from './channel.ts'
import { cleanText } from './clean-text.ts'

const MAX_TEXT = 200
const UTM = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content'] as const

/** Parameters that ad networks add; only which one it was is kept, never its value. */
const CLICK_IDS = [
  'gclid',
  'gbraid',
  'wbraid',
  'dclid',
  'msclkid',
  'fbclid',
  'ttclid',
  'twclid',
  'li_fat_id',
  'yclid',
  'epik',
  'rdt_cid',
  'ScCid',
  'irclickid',
] as const

export type Arrival = Partial<
  Record<(typeof UTM)[number] | 'click_id' | 'referrer_host' | 'channel', string>
>

/** Where a visitor arrived from; empty unless the page has a campaign or a referrer of another host. */
export function arrivalOf(page: Address | null, referrer: Address | null): Arrival {
  const arrival: Arrival = {}
  const query = page?.query
  if (query) {
    for (const name of UTM) {
      const value = query.get(name)
      if (value) arrival[name] = cleanText(value.slice(0, MAX_TEXT))
    }
    const click_id = CLICK_IDS.find((name) => query.has(name))
    if (click_id) arrival.click_id = click_id
  }
  if (referrer && referrer.host !== page?.host) arrival.referrer_host = referrer.host
  const channel = channelOf(arrival)
  if (channel) arrival.channel = channel
  return arrival
}
