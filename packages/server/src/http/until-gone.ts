import type { FastifyReply } from 'fastify'

/** Aborted when whoever asked is gone before the answer. (Fastify's `request.signal` says so of every POST, once its body is read.) */
export function untilGone({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  raw.on('close', () => {
    if (!raw.writableFinished) gone.abort()
  })
  return gone.signal
}
