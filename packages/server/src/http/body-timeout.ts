import type { FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body may come for as long as it takes. */
    streams?: boolean
  }
}

const MOST_MS = 15_000
const LOOK_EVERY_MS = 1_000

/**
 * Ends a request whose head or body does not come to its end. Node's own requestTimeout knows no
 * exceptions, and an import of millions of lines is one.
 */
export const bodyTimeout = fastifyPlugin(async (app) => {
  const reading = new Map<FastifyRequest, number>()
  const timer = setInterval(() => {
    for (const [request, began] of reading) {
      // They stand in the order in which they came.
      if (performance.now() - began < MOST_MS) return
      reading.delete(request)
      request.raw.destroy()
    }
  }, LOOK_EVERY_MS).unref()

  app.addHook('onRequest', (request, _, done) => {
    if (request.method !== 'GET' && !request.routeOptions.config.streams) {
      reading.set(request, performance.now())
    }
    done()
  })
  app.addHook('preHandler', (request, _, done) => {
    reading.delete(request)
    done()
  })
  app.addHook('onResponse', (request, _, done) => {
    reading.delete(request)
    done()
  })
  app.addHook('onRequestAbort', (request, done) => {
    reading.delete(request)
    done()
  })
  app.addHook('onClose', async () => clearInterval(timer))
})
