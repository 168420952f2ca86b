import type { Receipt, SentEvent } from '@weir/contract'
import { Presets, SingleBar } from 'cli-progress'

const BATCH = 500
const SENDERS = 4

/** Sends events through the public API with a secret key, with a bar where a person looks on. */
export async function sendAll(
  url: string,
  key: string,
  events: readonly SentEvent[],
): Promise<{ accepted: number; duplicates: number }> {
  const bar = new SingleBar(
    {
      format:
        '  A month at the sample shop  {bar}  {value} of {total} events, {duration_formatted}',
      barsize: 30,
      hideCursor: true,
      clearOnComplete: false,
      noTTYOutput: true,
      notTTYSchedule: 1_000,
    },
    Presets.shades_classic,
  )
  const sum = { accepted: 0, duplicates: 0 }
  let next = 0
  bar.start(events.length, 0)
  const send = async () => {
    while (next < events.length) {
      const batch = events.slice(next, next + BATCH)
      next += BATCH
      const receipt = await sendBatch(url, key, batch)
      sum.accepted += receipt.accepted
      sum.duplicates += receipt.duplicates
      bar.update(sum.accepted + sum.duplicates)
    }
  }
  await Promise.all(Array.from({ length: SENDERS }, send)).finally(() => bar.stop())
  return sum
}

async function sendBatch(url: string, key: string, events: readonly SentEvent[]): Promise<Receipt> {
  const response = await post(url, key, events)
  const text = await response.text()
  if (response.status === 503) {
    await new Promise((resolve) => setTimeout(resolve, retryMs(response)))
    return sendBatch(url, key, events)
  }
  if (response.status !== 202) throw new Error(`the server answered ${response.status}: ${text}`)
  const receipt: Receipt = JSON.parse(text)
  const [refused] = receipt.rejected
  if (refused) throw new Error(`an event of the demo was refused: ${JSON.stringify(refused)}`)
  return receipt
}

const retryMs = (response: Response): number =>
  1_000 * Number(response.headers.get('retry-after') ?? 1)

const post = (url: string, key: string, events: readonly SentEvent[]): Promise<Response> =>
  fetch(`${url}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ events }),
  })
