import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import Fastify from 'fastify'
import { listen } from '../http/listen.ts'

const FOLDER = new URL('../../../../examples/storefront/', import.meta.url)
/** Where the pages of the shop look for Weir, as they stand in the folder. */
const WEIR_IN_PAGES = 'http://127.0.0.1:8787'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Serves the sample shop on an origin of its own, as a shop would stand beside Weir. */
export async function serveShop(options: {
  port: number
  weir_url: string
  write_key: string
}): Promise<{ url: string; close(): Promise<void> }> {
  const app = Fastify({ forceCloseConnections: true })
  app.get<{ Params: { '*': string } }>('/*', async ({ params }, reply) => {
    const path = params['*'] || 'index.html'
    const file = new URL(path, FOLDER)
    const type = TYPES[extname(path)]
    const inside = file.href.startsWith(FOLDER.href) && existsSync(fileURLToPath(file))
    if (!type || !inside) return reply.code(404).send('The shop has no such page.')
    const body = await readFile(file)
    reply.type(type).header('cache-control', 'no-cache')
    return extname(path) === '.html' ? pointed(body.toString(), options) : body
  })
  const url = await listen(app, { host: '127.0.0.1', port: options.port })
  return { url, close: () => app.close() }
}

const pointed = (page: string, options: { weir_url: string; write_key: string }): string =>
  page
    .replaceAll(WEIR_IN_PAGES, options.weir_url)
    .replaceAll('key=wk_demo', `key=${options.write_key}`)
