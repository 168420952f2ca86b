import { readdirSync } from 'node:fs'
import type { FastifyPluginAsync } from 'fastify'
import { readAsset, sendAsset } from '../http/assets.ts'

const DIST = new URL('../../../dashboard/dist/', import.meta.url)

/** Serves the page at `/`. It asks the public API like anybody else. */
export const dashboardRoutes: FastifyPluginAsync = async (app) => {
  for (const file of readdirSync(DIST).filter((name) => !name.startsWith('.'))) {
    const asset = readAsset(new URL(file, DIST))
    const path = file === 'index.html' ? '/' : `/assets/${file}`
    app.get(path, { schema: { hide: true } }, async (request, reply) =>
      sendAsset(request, reply.header('cache-control', 'no-cache'), asset),
    )
  }
}
