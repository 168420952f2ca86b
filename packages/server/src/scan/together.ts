/**
 * Questions of one site about nearly the same days that wait for their turn become one: their reports are
 * counted in one pass over the timelines of all their days, equal ones once. All were asked before it begins,
 * so nobody gets an older answer than if he had been alone. What is read beside the days of a question is of
 * times that its report does not count.
 */
import { setImmediate } from 'node:timers/promises'
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
  site_id: number
  days: Days
  /** How long the shortest of their spans is. */
  shortest: number
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
/** A question is counted with others if that reads at most so many times its days. */
const MOST_READ = 1.5

/** `signal` takes one question back, also while it waits. */
export function countTogether(turns: Turns, count: Count) {
  const waiting = new Set<Joint>()
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
    for (const known of waiting)
      if (known.site_id === site_id && fits(known, reports, days)) {
        known.days = span(known.days, days)
        known.shortest = Math.min(known.shortest, lengthOf(days))
        return known
      }
    const gone = new AbortController()
    const joint: Joint = {
      ...{ site_id, days, shortest: lengthOf(days) },
      reports: [],
      places: new Map(),
      askers: new Set(),
      gone,
      ended: turns.take(
        lineOf({ site_id }),
        async () => {
          waiting.delete(joint)
          const all = { site_id, reports: joint.reports, days: joint.days }
          const tallies = await count(all, gone.signal)
          for (const asker of joint.askers) {
            asker(tallies)
            // Medians of many take a while: what arrives meanwhile is not to wait for all of them.
            await setImmediate()
          }
        },
        gone.signal,
      ),
    }
    joint.ended.catch(() => undefined)
    waiting.add(joint)
    gone.signal.addEventListener('abort', () => waiting.delete(joint), { once: true })
    return joint
  }
}

const lengthOf = ({ first, last }: Days): number => last - first + 1

const span = (a: Days, b: Days): Days => ({
  first: Math.min(a.first, b.first),
  last: Math.max(a.last, b.last),
})

/** Whether a question may still be counted with others. */
function fits(joint: Joint, reports: readonly Report[], days: Days): boolean {
  if (joint.reports.length + reports.length > MOST_REPORTS) return false
  const shortest = Math.min(joint.shortest, lengthOf(days))
  return lengthOf(span(joint.days, days)) <= shortest * MOST_READ
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
