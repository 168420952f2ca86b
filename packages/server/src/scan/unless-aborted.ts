import { ProblemError } from '../problems.ts'

/** What was promised, unless it is taken back before: then a problem, at once. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise
  return new Promise((resolve, reject) => {
    const takeBack = () => reject(new ProblemError('unavailable', 'The question was taken back.'))
    signal.addEventListener('abort', takeBack)
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', takeBack))
    if (signal.aborted) takeBack()
  })
}
