import { ProblemError } from '../problems.ts'
import { unlessAborted } from './unless-aborted.ts'

/**
 * Work that is done one after the other. Who asks much stands in a line of his own: the lines take turns,
 * so that each waits for one of every other at most, however many stand there.
 */
export interface Turns {
  /** Does it when its turn comes. Refuses where too many stand in its line; `signal` takes it back. */
  take<T>(line: string, work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T>
  ended(): Promise<unknown>
}

export const MOST_WAITING = 64

export const tooMany = () =>
  new ProblemError('unavailable', 'Too many questions wait already.', {
    headers: { 'retry-after': '2' },
  })

interface Waiting {
  begin(): Promise<unknown>
  signal: AbortSignal | undefined
}

export function makeTurns(): Turns {
  /** Lines in which somebody stands, the next one's first. */
  const lines = new Map<string, Waiting[]>()
  let isWorking = false
  let worked: Promise<void> = Promise.resolve()

  const waitingIn = (line: string): Waiting[] =>
    (lines.get(line) ?? []).filter(({ signal }) => !signal?.aborted)

  async function workThrough() {
    for (const [line] of lines) {
      const [next, ...others] = waitingIn(line)
      // What is set anew while it is gone through comes again, behind the others.
      lines.delete(line)
      if (others.length > 0) lines.set(line, others)
      await next?.begin()
    }
    isWorking = false
  }

  return {
    async take<T>(line: string, work: () => Promise<T>, signal: AbortSignal | undefined) {
      const waiting = waitingIn(line)
      if (waiting.length >= MOST_WAITING) throw tooMany()
      const done = new Promise<T>((resolve) => {
        const begin = () => {
          const working = work()
          resolve(working)
          return working.catch(() => undefined)
        }
        lines.set(line, [...waiting, { begin, signal }])
      })
      if (!isWorking) worked = worked.then(workThrough)
      isWorking = true
      return unlessAborted(done, signal)
    },
    ended: () => worked,
  }
}
