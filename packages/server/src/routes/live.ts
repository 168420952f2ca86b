import { liveAnswer, siteQuery } from '@weir/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { answerLive } from '../live/answer-live.ts'
import { openWatching } from '../live/watching.ts'

// A stream of these.
const messages: z.ZodType = liveAnswer
const EVENTS = {
  description: 'Server-sent events, each with this as its data.',
  content: { 'text/event-stream': { schema: messages } },
}

/** Shows what happens as it happens. Callers hold a read key. */
export const liveRoutes: FastifyPluginAsyncZod = async (app) => {
  const watching = openWatching((site_id, signal) => answerLive(app.backend, site_id, signal))
  app.addHook('onRequest', app.requireReadKey)
  // Otherwise a server that stops would wait for who watches.
  app.addHook('preClose', async () => watching.close())

  app.get(
    '/v1/live',
    {
      schema: {
        summary: 'Watch what happens',
        description:
          'Server-sent events: a message when something has changed, looked at every 5 seconds; a comment otherwise. It ends after 15 minutes; a browser comes back by itself.',
        tags: ['Ask'],
        querystring: siteQuery,
        response: { 200: EVENTS },
      },
    },
    async ({ site }, reply) => {
      const stream = watching.watch(site.id)
      reply.raw.on('close', () => stream.destroy())
      return reply.type('text/event-stream').header('x-accel-buffering', 'no').send(stream)
    },
  )
}
