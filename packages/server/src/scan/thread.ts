import { Worker } from 'node:worker_threads'
import type { Counted, Task } from './scan-ranges.ts'

/** What a thread sends back. */
export type Answer =
  | { counted: Counted }
  | { failed: { message: string; code: string; tail_changed: boolean } }

export interface Thread {
  /** Has it ready before the first task. */
  start(): void
  ask(task: Task): Promise<Answer>
  end(): Promise<void>
}

const ENTRY = new URL('./worker.js', import.meta.url)

/** A worker that answers one task at a time; one that dies is started anew for the next. */
export function makeThread(url: string): Thread {
  let worker: Worker | null = null

  const running = (): Worker => {
    if (worker) return worker
    const started = new Worker(ENTRY, { workerData: { url } })
    // A question that nobody waits for must not keep the process.
    started.unref()
    // Who asked is told; one that dies while nobody asks is started anew. Without a listener it would end the process.
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
    ask(task) {
      const asked = running()
      return new Promise((resolve, reject) => {
        const done = (settle: () => void) => {
          asked.off('message', onMessage).off('error', onError).off('exit', onExit)
          settle()
        }
        const onMessage = (answer: Answer) => done(() => resolve(answer))
        const onError = (error: unknown) => done(() => reject(error))
        const onExit = () =>
          done(() => reject(new Error('a scan thread ended in the middle of a question')))
        asked.on('message', onMessage).on('error', onError).on('exit', onExit)
        asked.postMessage(task)
      })
    },
    async end() {
      await worker?.terminate()
    },
  }
}
