/** What a month at the sample shop looks like: where people come from, and with what. */

export interface Way {
  /** What the arriving page's address carries. */
  query: string
  referrer: string
  /** How much likelier than others they are to go on. */
  keenness: number
}

const way = (query: string, referrer: string, keenness: number): Way => ({
  query,
  referrer,
  keenness,
})

/** Ways to arrive, with how many visitors take each. */
export const WAYS: readonly (readonly [Way, number])[] = [
  [way('', '', 1.15), 30],
  [way('', 'https://www.google.com/', 1), 24],
  [way('', 'https://duckduckgo.com/', 1.1), 4],
  [
    way(
      'utm_source=google&utm_medium=cpc&utm_campaign=autumn-camping&gclid=x',
      'https://www.google.com/',
      1.2,
    ),
    11,
  ],
  [
    way(
      'utm_source=bing&utm_medium=cpc&utm_campaign=brand&msclkid=x',
      'https://www.bing.com/',
      1.4,
    ),
    3,
  ],
  [
    way(
      'utm_source=instagram&utm_medium=paid_social&utm_campaign=river-days',
      'https://l.instagram.com/',
      0.55,
    ),
    9,
  ],
  [way('', 'https://www.pinterest.com/', 0.6), 5],
  [way('', 'https://www.reddit.com/', 0.7), 3],
  [way('utm_source=newsletter&utm_medium=email&utm_campaign=october-letter', '', 1.9), 7],
  [
    way(
      'utm_source=paddle-club&utm_medium=affiliate&utm_campaign=club',
      'https://paddle-club.example/',
      1.5,
    ),
    2,
  ],
  [way('', 'https://outdoor-notes.example/', 0.9), 2],
]

export interface Place {
  time_zone: string
  language: string
}

export const PLACES: readonly (readonly [Place, number])[] = [
  [{ time_zone: 'Europe/Berlin', language: 'de' }, 46],
  [{ time_zone: 'Europe/Vienna', language: 'de' }, 12],
  [{ time_zone: 'Europe/Zurich', language: 'de' }, 8],
  [{ time_zone: 'Europe/Amsterdam', language: 'nl' }, 10],
  [{ time_zone: 'Europe/Paris', language: 'fr' }, 9],
  [{ time_zone: 'Europe/London', language: 'en' }, 9],
  [{ time_zone: 'America/New_York', language: 'en' }, 6],
]

export interface Device {
  user_agent: string
  screen: string
  /** Small screens look more and buy less. */
  keenness: number
}

const MOZILLA = 'Mozilla/5.0'
const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)'
const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0'

const device = (user_agent: string, screen: string, keenness: number): Device => ({
  user_agent,
  screen,
  keenness,
})

export const DEVICES: readonly (readonly [Device, number])[] = [
  [
    device(
      `${MOZILLA} (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${WEBKIT} Version/18.6 Mobile/15E148 Safari/604.1`,
      '390x844',
      0.8,
    ),
    32,
  ],
  [
    device(
      `${MOZILLA} (Linux; Android 15; Pixel 9) ${CHROME} Mobile Safari/537.36`,
      '412x915',
      0.75,
    ),
    26,
  ],
  [
    device(`${MOZILLA} (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36`, '1920x1080', 1.35),
    20,
  ],
  [
    device(
      `${MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Version/18.6 Safari/605.1.15`,
      '1440x900',
      1.45,
    ),
    11,
  ],
  [
    device(
      `${MOZILLA} (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0`,
      '1920x1080',
      1.3,
    ),
    6,
  ],
  [
    device(
      `${MOZILLA} (iPad; CPU OS 18_6 like Mac OS X) ${WEBKIT} Version/18.6 Mobile/15E148 Safari/604.1`,
      '820x1180',
      1.1,
    ),
    5,
  ],
]

/** How busy the hours of a day are, from midnight, local. */
export const HOURS = [
  2, 1, 1, 1, 1, 2, 4, 7, 9, 10, 11, 12, 12, 11, 10, 10, 11, 13, 16, 20, 22, 20, 13, 6,
] as const
