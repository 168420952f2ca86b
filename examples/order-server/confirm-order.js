import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

const TRIES = 8

/**
 * Tells Weir of an order that the shop's server has taken. With the secret key, it counts whether or not
 * the thank-you page was ever seen; the order id counts once, whoever tells first. Without a visitor it
 * only confirms what the page tells. Resolves once Weir has stored it; throws what it refused, and after
 * eight tries: then tell again later, from your own queue of jobs.
 *
 * @param {{ url: string, secretKey: string }} weir
 * @param {{ order_id: string, value: number, currency: string, visitor_id?: string, items?: object[] }} order
 */
export async function confirmOrder(weir, { visitor_id, ...properties }) {
  // Made once: the same id and time at every try, so that a lost answer stores nothing twice.
  const event = { id: randomUUID(), name: 'purchase', at: Date.now(), visitor_id, properties }
  for (let n = 1; ; n++) {
    const answer = await fetch(`${weir.url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${weir.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ events: [event] }),
      signal: AbortSignal.timeout(10_000),
    }).catch(() => undefined)
    if (answer?.status === 202) {
      const { rejected } = await answer.json()
      if (rejected[0]) throw new Error(`Weir refused the order: ${rejected[0].message}`)
      return
    }
    const isFinal = answer && answer.status < 500 && ![408, 425, 429].includes(answer.status)
    if (isFinal || n === TRIES) {
      throw new Error(`Weir did not take the order: ${answer ? await answer.text() : 'no answer'}`)
    }
    const asked = Number(answer?.headers.get('retry-after')) * 1_000
    await sleep(asked || 2 ** n * 100 * (1 + Math.random()))
  }
}
