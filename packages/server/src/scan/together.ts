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

/** What makes something of what the reports of one question counted, at once: see Scan. */
export type Use<T> = (tallies: FunnelTally[][]) => T

/** Several questions, until their turn comes. */
interface Joint {
  reports: Report[]
  /** Where an equal report stands. */
  places: Map<string, number>
  /** Those who wait, by what each does with what all reports counted. */
  askers: Set<Use<void>>
  /** Aborted when nobody waits any more. */
  gone: AbortController
  /** When all who wait have had their answer. */
  ended: Promise<void>
}

const MOST_REPORTS = 32

/** `signal` takes one question back, also while it waits. */
export function countTogether(turns: Turns, count: Count) {
  const waiting = new Map<string, Joint>()
  let askers = 0

  return async <T>(
    question: Question,
    use: Use<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> => {
    if (askers >= MOST_WAITING) throw tooMany()
    askers++
    return askJointly(question, use, signal).finally(() => askers--)
  }

  async function askJointly<T>(
    question: Question,
    use: Use<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const joint = jointFor(question)
    const places = question.reports.map((report) => placeOf(joint, report))
    const { promise: answer, asker } = answerOf((all) =>
      use(places.map((place) => all[place] ?? [])),
    )
    joint.askers.add(asker)
    const leave = () => {
      joint.askers.delete(asker)
      if (joint.askers.size === 0) joint.gone.abort()
    }
    if (signal?.aborted) leave()
    else signal?.addEventListener('abort', leave, { once: true })
    try {
      await unlessAborted(joint.ended, signal)
    } catch (error) {
      if (joint.reports.length === question.reports.length || isAboutAll(error)) throw error
      // Somebody else's question may be what could not be answered.
      const alone = new AbortController()
      const ask = async () => use(await count(question, signal ?? alone.signal))
      return turns.take(lineOf(question), ask, signal)
    } finally {
      signal?.removeEventListener('abort', leave)
    }
    return answer
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
      askers: new Set(),
      gone,
      ended: turns.take(
        lineOf({ site_id }),
        async () => {
          if (waiting.get(key) === joint) waiting.delete(key)
          const tallies = await count({ site_id, reports: joint.reports, days }, gone.signal)
          for (const asker of joint.askers) asker(tallies)
        },
        gone.signal,
      ),
    }
    joint.ended.catch(() => undefined)
    waiting.set(key, joint)
    return joint
  }
}

/** An asker, and what it made, or threw. */
function answerOf<T>(use: Use<T>): { promise: Promise<T>; asker: Use<void> } {
  let asker: Use<void> = () => undefined
  const promise = new Promise<T>((resolve, reject) => {
    asker = (tallies) => {
      try {
        resolve(use(tallies))
      } catch (error) {
        reject(error)
      }
    }
  })
  promise.catch(() => undefined)
  return { promise, asker }
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
