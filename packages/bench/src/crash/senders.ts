/**
 * Senders that never stop: random batches with ids of their own, one event in a hundred wrong, some
 * batches sent twice at once, some sent again later. What got no answer is mostly sent again until it
 * has one, and now and then given up. What was answered is never needed again: nothing lost can come back.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Receipt } from '@weir/contract'
import { type Chance, chanceFrom } from '../../../server/src/demo/random.ts'
import { idFrom } from '../../../server/src/ingest/event-id.ts'
import type { Journal } from './journal.ts'

const SENDERS = 8
const MOST_EVENTS = 40
const PAUSE_MS = 15
const AGAIN_MS = 50
const GIVE_UP = 0.1
const SEND_AGAIN = 0.05
const ANSWER_MS = 30_000

export interface Target {
  /** Where the server is now, or will be. */
  url(): string
  key: string
  seed: number
}

export function startSenders(target: Target, journal: Journal): { stop(): Promise<void> } {
  let sending = true
  const done = Promise.all(Array.from({ length: SENDERS }, (_, sender) => run(sender)))

  async function run(sender: number): Promise<void> {
    const chance = chanceFrom(target.seed * 100 + sender)
    for (let batch = 0; sending; batch++) {
      const { good, bad, body } = makeBatch(chance, target, sender, batch)
      for (const id of [...good, ...bad]) journal.issued.add(id)
      // Sometimes two at once, as a beacon and a request of one page are.
      const copies = chance.happens(0.1) ? 2 : 1
      const send = () => sendUntilTold(chance, target, journal, { good, bad, body })
      await Promise.all(Array.from({ length: copies }, send))
      if (chance.happens(SEND_AGAIN)) await send()
      await sleep(chance.next() * 2 * PAUSE_MS)
    }
  }

  return {
    async stop() {
      sending = false
      await done
    },
  }
}

interface Batch {
  good: string[]
  bad: string[]
  body: string
}

function makeBatch(chance: Chance, { key, seed }: Target, sender: number, batch: number): Batch {
  const at = Date.now()
  const good: string[] = []
  const bad: string[] = []
  const events = Array.from({ length: chance.between(1, MOST_EVENTS) }, (_, index) => {
    const id = idFrom(at, `${seed} ${sender} ${batch} ${index}`)
    const event = { id, at, name: 'view', visitor_id: `visitor-${sender}-${batch % 97}` }
    if (chance.happens(0.01)) {
      bad.push(id)
      return { ...event, name: '' }
    }
    good.push(id)
    return chance.happens(0.1)
      ? { ...event, name: 'purchase', properties: { order_id: `order ${id}`, value: 1 } }
      : event
  })
  return { good, bad, body: JSON.stringify({ key, events }) }
}

async function sendUntilTold(
  chance: Chance,
  target: Target,
  journal: Journal,
  { good, bad, body }: Batch,
): Promise<void> {
  for (;;) {
    const receipt = await tryOnce(target.url(), body, journal)
    if (receipt) {
      const { accepted, duplicates, rejected } = receipt
      if (accepted + duplicates !== good.length || rejected.length !== bad.length) {
        journal.wrong.push(`${good.length} good, ${bad.length} bad: ${JSON.stringify(receipt)}`)
      }
      for (const id of good) journal.acknowledged.add(id)
      for (const id of bad) journal.refused.add(id)
      return
    }
    journal.unanswered++
    if (chance.happens(GIVE_UP)) return
    await sleep(AGAIN_MS)
  }
}

/** Null without an answer, or where the server says that it cannot store now. */
async function tryOnce(url: string, body: string, journal: Journal): Promise<Receipt | null> {
  journal.in_flight++
  try {
    const response = await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(ANSWER_MS),
    })
    const text = await response.text()
    if (response.status === 202) return JSON.parse(text)
    if (response.status !== 503 || !response.headers.has('retry-after')) {
      journal.wrong.push(`${response.status} ${text}`)
    }
    return null
  } catch {
    return null
  } finally {
    journal.in_flight--
  }
}
