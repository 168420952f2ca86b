import type { AskedQuestion, StopReason } from '@weir/contract'
import { durationText } from './duration-text.ts'

/** What a sentence about a stop is made of. Times are ISO 8601. */
export interface StopFacts {
  reason: StopReason
  /** The names of the stage that was reached last, and of the one that was not; null where none was. */
  reached: string | null
  wanted: string
  event: { name: string; at: string } | null
  /** The filters that the event does not pass. */
  failed: readonly string[]
  late_ms: number | null
  /** When the event that first reached the last stage was. */
  reached_at: string | null
}

/** Why a chain went no further, in words. */
export function stopSentence(asked: AskedQuestion, facts: StopFacts): string {
  const { reached, wanted, event, failed, late_ms, reached_at } = facts
  const it = event ? `${event.name} at ${event.at}` : wanted
  const after = reached === null ? 'in the range' : `after ${reached}`
  switch (facts.reason) {
    case 'not_mature':
      return `${wanted} may still come: the window of ${asked.window} is open.`
    case 'window':
      return `${it} came ${durationText(late_ms ?? 0)} after the window of ${asked.window} had closed.`
    case 'order':
      return asked.order === 'strict' && (event?.at ?? '') > (reached_at ?? '')
        ? `${it} stood between ${reached ?? 'the stages'} and ${wanted}, which must be the very next event.`
        : `${it} was not after ${reached}, which came at ${reached_at}.`
    case 'exclusion':
      return `${it} is excluded there: what the chain had reached before it counts, ${wanted} after it does not.`
    case 'filter':
      return failed.length > 0
        ? `${it} does not pass ${failed.join(', ')}.`
        : `${it} passes every filter, but an event that the chain needs before it does not.`
    case 'hold':
      return `${it} has not the ${asked.hold} that the events before it have in common.`
    case 'never':
      return event
        ? `No ${wanted} ${after}${asked.unit === 'visit' ? ' in this visit' : ''}; the nearest is ${it}, which does not count here.`
        : `No ${wanted} ${after}.`
  }
}
