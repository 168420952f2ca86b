/** What a page's address and referrer say of where its visitor comes from. */
interface Signs {
  utm_medium?: string
  utm_source?: string
  referrer_host?: string
  click_id?: string
}

/** What campaigns call a source, and the first part of a host that has many endings. */
const SEARCH = words(
  'google bing duckduckgo yahoo ecosia baidu yandex qwant startpage brave naver seznam kagi',
)
const SOCIAL = words(
  'facebook instagram twitter linkedin pinterest reddit tiktok youtube snapchat threads vk whatsapp telegram tumblr quora',
)
/** Short hosts and names that would be found inside others. */
const SHORT: Record<string, 'search' | 'social'> = {
  'ask.com': 'search',
  'search.brave.com': 'search',
  'x.com': 'social',
  't.co': 'social',
  'fb.com': 'social',
  'lnkd.in': 'social',
  'youtu.be': 'social',
  'wa.me': 'social',
  't.me': 'social',
  'bsky.app': 'social',
  fb: 'social',
  ig: 'social',
  x: 'social',
}

const PAID_SEARCH_CLICKS = new Set(['gclid', 'gbraid', 'wbraid', 'msclkid', 'yclid'])
const PAID_SOCIAL_CLICKS = new Set(['ttclid', 'twclid', 'li_fat_id', 'epik', 'rdt_cid', 'ScCid'])

/** The kind of way that brought a visitor: the first rule that holds. Undefined is direct. */
export function channelOf(arrival: Signs): string | undefined {
  if (Object.keys(arrival).length === 0) return undefined
  const medium = (arrival.utm_medium ?? '').toLowerCase()
  const source = (arrival.utm_source ?? arrival.referrer_host ?? '').toLowerCase()
  const click = arrival.click_id ?? ''
  const kind = kindOf(source)
  const paid = /cp[acv]|ppc|paid|retarget/.test(medium)
  if (/affiliate|partner/.test(medium) || click === 'irclickid') return 'affiliate'
  if (/e-?mail|newsletter/.test(medium) || /^(e-?mail|newsletter)$/.test(source)) return 'email'
  if (/^(mail|outlook)\./.test(source)) return 'email'
  if (/display|banner|cpm|interstitial/.test(medium) || click === 'dclid') return 'display'
  if (PAID_SEARCH_CLICKS.has(click) || (paid && kind === 'search')) return 'paid_search'
  if (PAID_SOCIAL_CLICKS.has(click) || (paid && kind === 'social')) return 'paid_social'
  if (paid) return /social/.test(medium) ? 'paid_social' : 'display'
  if (/^social/.test(medium) || kind === 'social' || click === 'fbclid') return 'social'
  if (medium === 'organic' || kind === 'search') return 'organic_search'
  return 'referral'
}

/** `www.google.co.uk` is google, `x.com` is X, and `x.example.com` is neither. */
function kindOf(source: string): 'search' | 'social' | null {
  const short = SHORT[source.replace(/^www\./, '')]
  if (short) return short
  const name =
    /^(?:.+\.)?([a-z0-9-]+?)(?:\.(?:com?|org|net))?\.[a-z]{2,4}$/.exec(source)?.[1] ?? source
  return SEARCH.has(name) ? 'search' : SOCIAL.has(name) ? 'social' : null
}

function words(text: string): Set<string> {
  return new Set(text.split(' '))
}
