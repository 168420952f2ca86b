import type { Worker } from 'node:worker_threads'
import type { FastifyBaseLogger } from 'fastify'
import { startThread } from '../start-thread.ts'

/** Weaves and merges in the background, in a thread of its own: a merge takes the processor for seconds. */
export interface Weaver {
  /** Whatever it is doing is undone by the database. */
  stop(): Promise<void>
}

const AFTER_FAILURE_MS = 5_000

export function startWeaver(url: string, log: Pick<FastifyBaseLogger, 'error'>): Weaver {
  let stopped = false
  let timer: NodeJS.Timeout | null = null

  const start = (): Worker => {
    const started = startThread('weave-thread', url)
    started.on('message', (error: unknown) => {
      if (!stopped) log.error({ err: error }, 'could not weave; tried again shortly')
    })
    started.on('error', (error) => {
      if (!stopped) log.error({ err: error }, 'the weaver ended; started anew shortly')
    })
    started.on('exit', () => {
      if (stopped) return
      timer = setTimeout(() => {
        worker = start()
      }, AFTER_FAILURE_MS).unref()
    })
    return started
  }
  let worker = start()

  return {
    async stop() {
      stopped = true
      if (timer) clearTimeout(timer)
      await worker.terminate()
    },
  }
}
