import type { Envelope, EventNote, Receipt } from '@weir/contract'
import { checkEvent, type NewEvent, type Sender } from './check-event.ts'
import { cleanText } from './clean-text.ts'
import type { GroupCommit } from './group-commit.ts'
import type { Quarantine } from './quarantine.ts'
import { isRecord } from './record.ts'
import { Refused } from './refused.ts'
import type { Vocabulary } from './vocabulary.ts'
import type { Outcome, Writable } from './write-batch.ts'

/** What a request's events pass through. */
export interface Intake {
  queue: Pick<GroupCommit, 'write'>
  vocabulary: Vocabulary
  quarantine: Pick<Quarantine, 'add'>
}

/** An event on its way: where it stood in the request, and what is to be written of it. */
interface Entry {
  index: number
  id: string | undefined
  writable: Writable
}

const REFUSED_LATER: Partial<Record<Outcome, Refused>> = {
  order_taken: new Refused(
    'order_taken',
    'properties.order_id',
    'another visitor already has a purchase with this order id',
  ),
  visitor_erased: new Refused(
    'visitor_erased',
    'visitor_id',
    'this visitor, or the one whose order it is, was erased, for good',
  ),
  refused_by_database: new Refused(
    'refused_by_database',
    '',
    'the database cannot hold this event',
  ),
}

/**
 * Stores what can be stored of a request and says what became of every event, after the commit:
 * 1. Each event is checked and completed on its own.
 * 2. Names and properties that the site uses for the first time are noted, up to a bound.
 * 3. What may enter is written together with what others sent, and answered when that is on disk.
 */
export async function ingest(
  intake: Intake,
  body: Envelope,
  sender: Sender,
  bytes: number,
): Promise<Receipt> {
  const receipt: Receipt = { accepted: 0, duplicates: 0, rejected: [], warnings: [] }
  const checked = checkAll(body, sender, receipt)
  const admitted = await admitAll(intake.vocabulary, sender.site_id, checked, receipt)
  if (admitted.length > 0) {
    const outcomes = await intake.queue.write(
      admitted.map(({ writable }) => writable),
      bytes,
    )
    for (const [place, entry] of admitted.entries()) report(receipt, entry, outcomes[place])
  }
  receipt.rejected.sort((a, b) => a.index - b.index)
  quarantineAll(intake.quarantine, body, sender, receipt)
  return receipt
}

function checkAll(body: Envelope, sender: Sender, receipt: Receipt): Entry[] {
  const entries: Entry[] = []
  const cut: string[] = []
  for (const [index, sent] of body.events.entries()) {
    const id = idOf(sent)
    try {
      entries.push({ index, id, writable: checkEvent(sent, sender, cut) })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      receipt.rejected.push(noteOf({ index, id }, error))
    }
    for (const field of cut.splice(0)) {
      const message = 'cut to 1,024 characters'
      receipt.warnings.push({ index, id, code: 'text_cut', field, message })
    }
  }
  return entries
}

async function admitAll(
  vocabulary: Vocabulary,
  site_id: number,
  entries: Entry[],
  receipt: Receipt,
): Promise<Entry[]> {
  const events = entries.map(({ writable }) => writable).filter(isEvent)
  const refused = await vocabulary.admit(site_id, events)
  if (refused.size === 0) return entries
  return entries.filter((entry) => {
    const refusal = isEvent(entry.writable) && refused.get(entry.writable)
    if (refusal) receipt.rejected.push(noteOf(entry, refusal))
    return !refusal
  })
}

function quarantineAll(
  quarantine: Intake['quarantine'],
  { events }: Envelope,
  sender: Sender,
  receipt: Receipt,
): void {
  for (const { index, code, field = '', message } of receipt.rejected) {
    // Nothing of whoever was erased is kept.
    if (code === 'visitor_erased') continue
    quarantine.add({
      site_id: sender.site_id,
      received_at: sender.clocks.received,
      ...placeOf(events[index], sender),
      refused: { code, field, message },
      event: events[index],
    })
  }
}

/** Whose a refused event was, so that it can be erased, and which; null where it does not say. */
function placeOf(sent: unknown, { visitor_id, stream }: Sender) {
  const own = isRecord(sent) ? sent : {}
  const { seq } = own
  const text = (value: unknown) =>
    typeof value === 'string' ? cleanText(value.slice(0, 64)) : null
  return {
    visitor_id: text(own.visitor_id ?? visitor_id),
    stream: text(own.stream ?? stream),
    seq: typeof seq === 'number' && Number.isInteger(seq) && Math.abs(seq) < 2 ** 31 ? seq : null,
  }
}

function report(receipt: Receipt, entry: Entry, outcome: Outcome = 'refused_by_database'): void {
  if (outcome === 'accepted') receipt.accepted++
  else if (outcome === 'duplicate') receipt.duplicates++
  const refused = REFUSED_LATER[outcome]
  if (refused) receipt.rejected.push(noteOf(entry, refused))
}

const isEvent = (writable: Writable): writable is NewEvent => 'event_id' in writable

const noteOf = (
  { index, id }: Pick<Entry, 'index' | 'id'>,
  { code, field, message }: Refused,
): EventNote => ({ index, id, code, ...(field ? { field } : {}), message })

const idOf = (sent: unknown): string | undefined =>
  typeof sent === 'object' && sent !== null && 'id' in sent && typeof sent.id === 'string'
    ? sent.id.slice(0, 200)
    : undefined
