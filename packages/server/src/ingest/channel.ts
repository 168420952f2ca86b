import type { Arrival } from './arrival.ts'

const SEARCH =
  /(^|\.)(google|bing|duckduckgo|yahoo|ecosia|baidu|yandex|qwant|startpage|brave|naver|seznam|ask|kagi)(\.|$)/
const SOCIAL =
  /(^|\.)(facebook|fb|instagram|ig|twitter|x|t|linkedin|lnkd|pinterest|reddit|tiktok|youtube|snapchat|threads|vk|mastodon|bsky|whatsapp|telegram|tumblr|quora)(\.|$)/
const MAIL = /(^|\.)(mail|outlook|gmail|newsletter|e-?mail)(\.|$)/

const PAID_SEARCH_CLICKS = new Set(['gclid', 'gbraid', 'wbraid', 'msclkid', 'yclid'])
const PAID_SOCIAL_CLICKS = new Set(['ttclid', 'twclid', 'li_fat_id', 'epik', 'rdt_cid', 'ScCid'])

/** The kind of way that brought a visitor: the first rule that holds. Undefined is direct. */
export function channelOf(arrival: Arrival): string | undefined {
  const medium = (arrival.utm_medium ?? '').toLowerCase()
  const source = (arrival.utm_source ?? arrival.referrer_host ?? '').toLowerCase()
  const click = arrival.click_id ?? ''
  const paid = /cp[acmv]|ppc|paid|retarget/.test(medium)
  if (Object.keys(arrival).length === 0) return undefined
  if (/affiliate|partner/.test(medium) || click === 'irclickid') return 'affiliate'
  if (/e-?mail|newsletter/.test(medium) || MAIL.test(source)) return 'email'
  if (/display|banner|cpm|interstitial/.test(medium) || click === 'dclid') return 'display'
  if (PAID_SEARCH_CLICKS.has(click) || (paid && SEARCH.test(source))) return 'paid_search'
  if (PAID_SOCIAL_CLICKS.has(click) || (paid && SOCIAL.test(source))) return 'paid_social'
  if (paid) return 'display'
  if (/^social/.test(medium) || SOCIAL.test(source) || click === 'fbclid') return 'social'
  if (medium === 'organic' || SEARCH.test(source)) return 'organic_search'
  return 'referral'
}
