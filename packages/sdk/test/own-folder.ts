/** A shop that passes a folder of its own on to Weir, as the recipes have it: to pages there is no other party. */
import { request as ask, createServer } from 'node:http'
import { pipeline } from 'node:stream'
import { addressOf } from './proxy.ts'

const FOLDER = '/measure'

export interface FolderShop {
  url: string
  stop(): void
}

/** `pageOf` gets the tag's element. */
export const startFolderShop = async (
  weir: string,
  key: string,
  pageOf: (tag: string) => string,
): Promise<FolderShop> => {
  const html = pageOf(`<script async src="${FOLDER}/weir.js?key=${key}"></script>`)
  const server = createServer((request, response) => {
    const path = `${request.url}`
    if (!path.startsWith(`${FOLDER}/`)) {
      return void response.setHeader('content-type', 'text/html').end(html)
    }
    const { method, headers } = request
    const passed = ask(weir + path.slice(FOLDER.length), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      pipeline(answer, response, () => undefined)
    })
    pipeline(request, passed, () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: addressOf(server.address()),
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
