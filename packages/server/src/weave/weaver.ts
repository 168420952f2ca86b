import type { FastifyBaseLogger } from 'fastify'
import type { Pool } from 'pg'
import { weave } from './weave.ts'

/** Weaves in the background: soon after events came, at once while much waits. */
export interface Weaver {
  stop(): Promise<void>
}

const EVERY_MS = 1_000
const AFTER_FAILURE_MS = 5_000

export function startWeaver(pool: Pool, log: Pick<FastifyBaseLogger, 'error'>): Weaver {
  let stopped = false
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> = Promise.resolve()

  const schedule = (ms: number) => {
    if (stopped) return
    timer = setTimeout(() => {
      running = round()
    }, ms)
    timer.unref()
  }

  async function round(): Promise<void> {
    try {
      const { more } = await weave(pool)
      schedule(more ? 0 : EVERY_MS)
    } catch (error) {
      if (!stopped) log.error({ err: error }, 'could not weave; tried again shortly')
      schedule(AFTER_FAILURE_MS)
    }
  }

  schedule(EVERY_MS)
  return {
    async stop() {
      stopped = true
      if (timer) clearTimeout(timer)
      await running
    },
  }
}
