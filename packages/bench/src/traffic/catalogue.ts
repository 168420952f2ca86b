/** What the events of the bench may say, and how often each value is met. */
import { popular } from './popular.ts'

const COUNTRIES =
  'DE US GB FR NL AT CH IT ES PL BE SE DK CZ IE PT NO FI HU RO CA AU JP BR MX IN TR GR BG HR SK SI LT LV EE LU ' +
  'UA RS IL ZA NZ KR SG AE SA EG MA AR CL CO PE ID MY TH PH VN TW HK IS CY'
const BROWSERS = ['Chrome', 'Safari', 'Edge', 'Firefox', 'Samsung', 'Opera', 'Brave', 'Vivaldi']
const SYSTEMS = ['Android', 'iOS', 'Windows', 'macOS', 'Linux', 'ChromeOS']
const CHANNELS =
  'direct organic_search paid_search paid_social organic_social email referral affiliate'
const SOURCES =
  'google instagram newsletter bing facebook tiktok pinterest youtube criteo awin reddit duckduckgo idealo ' +
  'geizhals podcast x linkedin ecosia partner flyer'

const numbered = (count: number, name: (number: string) => string): string[] =>
  Array.from({ length: count }, (_, index) => name(String(index + 1).padStart(4, '0')))

export const countries = popular(COUNTRIES.split(' '), { steep: 1.2, flat: 1.5 })
export const devices = popular(['mobile', 'desktop', 'tablet'], { steep: 1.4, flat: 1.3 })
export const browsers = popular(BROWSERS, { steep: 1.5, flat: 1.5 })
export const systems = popular(SYSTEMS, { steep: 1, flat: 2 })
export const channels = popular(CHANNELS.split(' '), { steep: 0.8, flat: 2 })
export const sources = popular(SOURCES.split(' '), { steep: 1.1, flat: 1.5 })
export const campaigns = popular(
  numbered(30, (number) => `campaign-${number}`),
  { steep: 0.9, flat: 2 },
)
export const products = popular(
  numbered(5_000, (number) => number),
  { steep: 0.9, flat: 8 },
)
/** Beside the product's pages. */
export const pages = popular(
  ['/', ...numbered(40, (number) => `/c/${number}`), '/about', '/shipping', '/returns', '/search'],
  { steep: 1.1, flat: 1 },
)
/** Channels whose arrivals carry campaign properties. */
export const TAGGED = new Set(['paid_search', 'paid_social', 'email', 'affiliate'])
