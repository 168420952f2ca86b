import { createServer } from 'node:http'
import { STUB } from '../../../sdk/src/stub.ts'

/** Files that do next to nothing: what any script costs. */
export const FLOORS = {
  empty: '',
  document: 'document.currentScript',
  /** As long as the tag. */
  long: `0//${'-'.repeat(4_200)}`,
}

/** Serves a page with the tag, and at `/floor/<name>` one with that file instead. */
export async function openShop(weir: string, key: string): Promise<{ url: string; close(): void }> {
  const server = createServer(({ url }, response) => {
    const script = Object.entries(FLOORS).find(([name]) => url === `/${name}.js`)
    if (script) {
      response.writeHead(200, { 'content-type': 'text/javascript', ...KEPT })
      return void response.end(script[1])
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
    // A name, as shops have: to an address of numbers a cookie is offered three times.
    url: `http://www.shop.localhost:${address.port}/`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** As Weir sends the tag. */
const KEPT = { 'cache-control': 'public, max-age=3600' }

/** In an isolated page the clock of calls stands still for 5 µs only, elsewhere for 100. */
const FINE_CLOCK = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
}
