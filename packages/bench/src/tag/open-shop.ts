import { createServer } from 'node:http'
import { STUB } from '../../../sdk/src/stub.ts'

/** Serves a page with the tag, and at `/floor/empty` and `/floor/document` ones with a file of that little. */
export async function openShop(weir: string, key: string): Promise<{ url: string; close(): void }> {
  const server = createServer(({ url }, response) => {
    const [, script] = /^\/(\w+)\.js$/.exec(`${url}`) ?? []
    if (script) {
      response.writeHead(200, { 'content-type': 'text/javascript' })
      return void response.end(script === 'document' ? 'document.currentScript' : '')
    }
    const [, floor] = /^\/floor\/(\w+)$/.exec(`${url}`) ?? []
    const src = floor ? `/${floor}.js` : `${weir}/weir.js?key=${key}`
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...FINE_CLOCK })
    response.end(
      `<!doctype html><title>Shop</title><script>weirConfig={bot:false};${STUB}</script>` +
        `<script async crossorigin src="${src}"></script><h1>Shop</h1>`,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** In an isolated page the clock of calls stands still for 5 µs only, elsewhere for 100. */
const FINE_CLOCK = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
}
