/**
 * Questions of one site about the same days that wait for their turn become one: their reports are counted in
 * one pass over the same timelines, equal ones once. All were asked before it begins, so nobody gets an
 * older answer than if he had been alone.
 */
import type { FunnelTally } from '@weir/timeline'
import { ProblemError } from '../problems.ts'
import type { Report } from './report.ts'
import { MOST_WAITING, type Turns, tooMany } from './turns.ts'
import { unlessAborted } from './unless-aborted.ts'

/** Counted from 1970, both included. */
export interface Days {
  first: number
  last: number
}

export interface Question {
  site_id: number
  reports: readonly Report[]
  days: Days
}

export type Count = (question: Question, signal: AbortSignal) => Promise<FunnelTally[][]>

/** Several questions, until their turn comes. */
interface Joint {
  reports: Report[]
  /** Where an equal report stands. */
  places: Map<string, number>
  askers: number
  /** Aborted when nobody waits any more. */
  gone: AbortController
  answer: Promise<FunnelTally[][]>
}

const MOST_REPORTS = 32

/** `signal` takes one question back, also while it waits. */
export function countTogether(
  turns: Turns,
  count: Count,
): (question: Question, signal: AbortSignal | undefined) => Promise<FunnelTally[][]> {
  const waiting = new Map<string, Joint>()
  let askers = 0

  return async (question, signal) => {
    if (askers >= MOST_WAITING) throw tooMany()
    askers++
    return askJointly(question, signal).finally(() => askers--)
  }

  async function askJointly(
    question: Question,
    signal: AbortSignal | undefined,
  ): Promise<FunnelTally[][]> {
    const joint = jointFor(question)
    const places = question.reports.map((report) => placeOf(joint, report))
    joint.askers++
    const leave = () => {
      if (--joint.askers === 0) joint.gone.abort()
    }
    if (signal?.aborted) leave()
    else signal?.addEventListener('abort', leave, { once: true })
    try {
      const tallies = await unlessAborted(joint.answer, signal)
      return places.map((place) => tallies[place] ?? [])
    } catch (error) {
      if (joint.reports.length === question.reports.length || isAboutAll(error)) throw error
      // Somebody else's question may be what could not be answered.
      const alone = new AbortController()
      return turns.take(lineOf(question), () => count(question, signal ?? alone.signal), signal)
    } finally {
      signal?.removeEventListener('abort', leave)
    }
  }

  function jointFor({ site_id, reports, days }: Question): Joint {
    const key = `${site_id} ${days.first} ${days.last}`
    const known = waiting.get(key)
    const fits = known && known.reports.length + reports.length <= MOST_REPORTS
    if (fits && !known.gone.signal.aborted) return known
    const gone = new AbortController()
    const joint: Joint = {
      reports: [],
      places: new Map(),
      askers: 0,
      gone,
      answer: turns.take(
        lineOf({ site_id }),
        () => {
          if (waiting.get(key) === joint) waiting.delete(key)
          return count({ site_id, reports: joint.reports, days }, gone.signal)
        },
        gone.signal,
      ),
    }
    joint.answer.catch(() => undefined)
    waiting.set(key, joint)
    return joint
  }
}

const lineOf = ({ site_id }: Pick<Question, 'site_id'>) => `${site_id} counts`

function placeOf({ reports, places }: Joint, report: Report): number {
  const key = JSON.stringify(report)
  const place = places.get(key) ?? reports.push(report) - 1
  places.set(key, place)
  return place
}

/** Whether an error says nothing of a single report. */
const isAboutAll = (error: unknown): boolean =>
  error instanceof ProblemError && (error.code === 'too_slow' || error.code === 'unavailable')
