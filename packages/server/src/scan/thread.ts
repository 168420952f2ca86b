import type { Worker } from 'node:worker_threads'
import { startThread } from '../start-thread.ts'
import type { Block } from './list-blocks.ts'
import type { Share } from './take-ranges.ts'
import type { Task } from './task.ts'

/** What a thread may be told to do: to fold its ranges, or to read blocks into shared memory. */
export type Order =
  | { kind: 'scan'; task: Task; share: Share }
  | { kind: 'fetch'; site_id: number; blocks: readonly Block[] }

/** What a thread sends back. */
export type Answer<Counted> =
  | { counted: Counted }
  | { memory: SharedArrayBuffer }
  | { failed: { message: string; code: string; tail_changed: boolean } }

export interface Thread {
  /** Has it ready before the first order. */
  start(): void
  tell<Counted>(order: Order): Promise<Answer<Counted>>
  end(): Promise<void>
}

/** A worker that obeys one order at a time; one that dies is started anew for the next. */
export function makeThread(url: string): Thread {
  let worker: Worker | null = null

  const running = (): Worker => {
    if (worker) return worker
    const started = startThread('scan-thread', url)
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
    tell<Counted>(order: Order) {
      const asked = running()
      return new Promise<Answer<Counted>>((resolve, reject) => {
        const done = (settle: () => void) => {
          asked.off('message', onMessage).off('error', onError).off('exit', onExit)
          settle()
        }
        const onMessage = (answer: Answer<Counted>) => done(() => resolve(answer))
        const onError = (error: unknown) => done(() => reject(error))
        const onExit = () =>
          done(() => reject(new Error('a scan thread ended in the middle of a question')))
        asked.on('message', onMessage).on('error', onError).on('exit', onExit)
        asked.postMessage(order)
      })
    },
    async end() {
      await worker?.terminate()
    },
  }
}
