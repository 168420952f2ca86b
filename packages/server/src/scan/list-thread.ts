import { Worker } from 'node:worker_threads'
import type { ListTask } from './list-ranges.ts'

/** What the listing thread sends back; null where nobody waited for it. */
export type Told<Result> = { listed: Result | null } | { failed: { message: string; code: string } }

export interface ListThread {
  /** Has it ready before the first question. */
  start(): void
  /** Ends the thread, and rejects, when `late` says so. */
  tell<Result>(task: ListTask, late: AbortSignal): Promise<Told<Result>>
  end(): Promise<void>
}

const ENTRY = new URL('../../dist/list-thread.cjs', import.meta.url)

/** A worker that answers one question at a time; one that dies is started anew for the next. */
export function makeListThread(url: string): ListThread {
  let worker: Worker | null = null

  function running(): Worker {
    if (worker) return worker
    const started = new Worker(ENTRY, { workerData: { url } })
    // A question that nobody waits for must not keep the process.
    started.unref()
    // Who asked is told; without a listener it would end the process.
    started.on('error', () => undefined)
    started.on('exit', () => {
      if (worker === started) worker = null
    })
    worker = started
    return started
  }

  return {
    start() {
      running()
    },
    tell<Result>(task: ListTask, late: AbortSignal) {
      const asked = running()
      return new Promise<Told<Result>>((resolve, reject) => {
        const done = (settle: () => void) => {
          asked.off('message', onMessage).off('error', onError).off('exit', onExit)
          late.removeEventListener('abort', onLate)
          settle()
        }
        const onMessage = (told: Told<Result>) => done(() => resolve(told))
        const onError = (error: unknown) => done(() => reject(error))
        const onExit = () => done(() => reject(new Error('the listing thread ended')))
        const onLate = () => void asked.terminate()
        asked.on('message', onMessage).on('error', onError).on('exit', onExit)
        late.addEventListener('abort', onLate)
        asked.postMessage(task)
      })
    },
    async end() {
      await worker?.terminate()
    },
  }
}
