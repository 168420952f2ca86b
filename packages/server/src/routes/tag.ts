import type { FastifyPluginAsync } from 'fastify'
import { readAsset, sendAsset } from '../assets.ts'

/** Serves the browser library. The key in its address is for the library itself; the file is the same for all. */
export const tagRoutes: FastifyPluginAsync = async (app) => {
  const tag = readAsset(new URL('../../../sdk/dist/weir.js', import.meta.url))

  app.get('/weir.js', { schema: { hide: true } }, async (request, reply) => {
    reply
      .header('cache-control', 'public, max-age=3600')
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
    return sendAsset(request, reply, tag)
  })
}
