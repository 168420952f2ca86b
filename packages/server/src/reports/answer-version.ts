import { createHash, randomUUID } from 'node:crypto'
import { durationMs, type FunnelQuestion, type Site } from '@weir/contract'
import type { Backend } from '../backend.ts'
import type { Extras } from './answer-funnel.ts'
import { comparedRange } from './compared-range.ts'
import { findDataVersion } from './data-version.ts'
import { resolveSaved } from './resolve-saved.ts'

/** Another program may answer otherwise: what one process said is not known to the next. */
const PROGRAM = randomUUID()

/**
 * What the answer to a funnel question depends on, as one text; null where it depends on what time it is,
 * because somebody's window is still open, or where that is not known. While it stays the same the answer
 * does, but for `as_of`, the time at which it was true already.
 */
export async function findAnswerVersion(
  backend: Backend,
  site: Site,
  question: FunnelQuestion,
  { stage, compare }: Pick<Extras, 'stage' | 'compare'>,
): Promise<string | null> {
  const { asked, range } = await resolveSaved(backend, site, question, stage)
  const window_ms = durationMs(asked.window) ?? 0
  const other = compare === undefined ? range : comparedRange(compare, range, site.time_zone)
  const read = {
    from: Math.min(range.from, other.from),
    until: Math.max(range.to, other.to) - 1 + window_ms,
  }
  return findVersionOf(backend, site, [asked, other], read)
}

/**
 * The same of any question: `asked` as JSON, and of which times it reads events, both ends included. What is
 * still to come can change no answer about times that are over.
 */
export async function findVersionOf(
  backend: Backend,
  site: Site,
  asked: unknown,
  read: { from: number; until: number },
): Promise<string | null> {
  if (read.until >= backend.now()) return null
  const data = await findDataVersion(backend, site.id, read)
  if (data === null) return null
  return createHash('sha256')
    .update(JSON.stringify([PROGRAM, site, asked, data]))
    .digest('base64url')
}
