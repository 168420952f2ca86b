import { ProblemError } from '../problems.ts'
import { unlessAborted } from './unless-aborted.ts'

/** Work that is done one after the other. */
export interface Turns {
  /** Does it when all that came before is done. Refuses where too many wait; `signal` takes it back. */
  take<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T>
  ended(): Promise<unknown>
}

export const MOST_WAITING = 64

export const tooMany = () =>
  new ProblemError('unavailable', 'Too many questions wait already.', {
    headers: { 'retry-after': '2' },
  })

export function makeTurns(): Turns {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return {
    async take(work, signal) {
      if (waiting >= MOST_WAITING) throw tooMany()
      waiting++
      const mine = last.then(work)
      last = mine.catch(() => undefined)
      return unlessAborted(mine, signal).finally(() => waiting--)
    },
    ended: () => last,
  }
}
