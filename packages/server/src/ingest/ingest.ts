import { type Envelope, type EventNote, MAX_EVENTS, type Receipt } from '@weir/contract'
import { ProblemError } from '../problems.ts'
import { checkEvent, type Sender } from './check-event.ts'
import type { GroupCommit } from './group-commit.ts'
import { Refused } from './refused.ts'
import type { Outcome, Writable } from './write-batch.ts'

const REFUSED_LATER: Partial<Record<Outcome, Omit<EventNote, 'index'>>> = {
  order_taken: {
    code: 'order_taken',
    field: 'properties.order_id',
    message: 'another visitor already has a purchase with this order id',
  },
  refused_by_database: {
    code: 'refused_by_database',
    message: 'the database cannot hold this event',
  },
}

/** Stores what can be stored of a request, and says what became of every event, after the commit. */
export async function ingest(
  queue: GroupCommit,
  body: Envelope,
  sender: Sender,
  bytes: number,
): Promise<Receipt> {
  if (body.events.length > MAX_EVENTS) {
    const detail = `${body.events.length} events; the most in one request is ${MAX_EVENTS}.`
    throw new ProblemError('too_many_events', detail)
  }
  const receipt: Receipt = { accepted: 0, duplicates: 0, rejected: [], warnings: [] }
  const good: { index: number; id: string | undefined; writable: Writable }[] = []
  for (const [index, sent] of body.events.entries()) {
    const id = idOf(sent)
    try {
      const writable = checkEvent(sent, sender, (field) => {
        receipt.warnings.push({
          index,
          id,
          code: 'text_cut',
          field,
          message: 'cut to 1,024 characters',
        })
      })
      good.push({ index, id, writable })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const { code, field, message } = error
      receipt.rejected.push({ index, id, code, field, message })
    }
  }
  if (good.length === 0) return receipt
  const outcomes = await queue.write(
    good.map(({ writable }) => writable),
    bytes,
  )
  for (const [position, { index, id }] of good.entries()) {
    const outcome = outcomes[position] ?? 'refused_by_database'
    if (outcome === 'accepted') receipt.accepted++
    else if (outcome === 'duplicate') receipt.duplicates++
    const refused = REFUSED_LATER[outcome]
    if (refused) receipt.rejected.push({ index, id, ...refused })
  }
  receipt.rejected.sort((a, b) => a.index - b.index)
  return receipt
}

const idOf = (sent: unknown): string | undefined =>
  typeof sent === 'object' && sent !== null && 'id' in sent && typeof sent.id === 'string'
    ? sent.id.slice(0, 200)
    : undefined
