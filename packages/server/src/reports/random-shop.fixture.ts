import { type Chance, chanceFrom } from '../demo/random.ts'
import { startTestWeir, type TestOptions, type TestWeir } from '../testing.ts'
import { weave } from '../weave/weave.ts'

/** For tests: a Weir with random visitors, half of whose events are woven. */
export interface RandomShop {
  weir: TestWeir
  /** What was sent, in no order. */
  events: ShopEvent[]
  /** Asks by POST with the read key. */
  post(path: string, body: object, headers?: Record<string, string>): Promise<Response>
  query<T>(path: string, body: object): Promise<T>
}

export interface ShopEvent {
  visitor_id: string
  name: string
  at: number
  properties: Record<string, unknown>
}

const AT_ONCE = 500

export async function startRandomShop(
  count: number,
  eventOf: (chance: Chance, index: number) => ShopEvent,
  options: TestOptions & { seed?: number } = {},
): Promise<RandomShop> {
  const chance = chanceFrom(options.seed ?? 6)
  const weir = await startTestWeir({ ...options, weaving: false })
  const events = Array.from({ length: count }, (_, index) => eventOf(chance, index))
  for (let first = 0; first < events.length; first += AT_ONCE) {
    await send(weir, events.slice(first, first + AT_ONCE))
    if (first <= count / 2) await weave(weir.db.timelines)
  }
  const post: RandomShop['post'] = (path, body, headers = {}) =>
    fetch(weir.url + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${weir.keys.read}`,
        'content-type': 'application/json',
        ...headers,
      },
      body: JSON.stringify(body),
    })
  return {
    weir,
    events,
    post,
    async query(path, body) {
      return JSON.parse(await (await post(path, body)).text())
    },
  }
}

async function send(weir: TestWeir, events: readonly ShopEvent[]) {
  const response = await fetch(`${weir.url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${weir.keys.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  })
  const text = await response.text()
  if (!text.includes('"rejected":[]')) throw new Error(text)
}
