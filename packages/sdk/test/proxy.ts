/** Stands between the browser and the real server, and makes bad weather for `/v1/events`. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/**
 * `pass`: nothing happens. `down`: the connection is closed at once. `hang`: no answer, nothing
 * stored. `mute`: stored, and never answered. `cut`: stored, and the connection closed instead.
 */
export type Weather = 'pass' | 'down' | 'hang' | 'mute' | 'cut' | { status: number; after?: number }

export interface Seen {
  at: number
  body: string
  /** A beacon says so; a keepalive request looks like any other. */
  beacon: boolean
}

export interface BadWeather {
  url: string
  weather: (seen: Seen) => Weather
  /** Every request to `/v1/events`. */
  seen: Seen[]
  /** Closes the connections of what hangs: a browser has six to a server, for all of its tabs. */
  cut(): void
  stop(): Promise<void>
}

export const startProxy = async (upstream: string): Promise<BadWeather> => {
  const hanging = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request)
    let weather: Weather = 'pass'
    if (request.url === '/v1/events') {
      const beacon = request.headers['sec-fetch-mode'] === 'no-cors'
      const seen = { at: Date.now(), body: body.toString(), beacon }
      proxy.seen.push(seen)
      weather = proxy.weather(seen)
    }
    if (weather === 'hang') return void hanging.add(response)
    if (weather === 'down') return void response.destroy()
    if (typeof weather === 'object') {
      response.writeHead(weather.status, {
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'retry-after',
        'retry-after': `${weather.after ?? ''}`,
      })
      return void response.end('{}')
    }
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers
    const passed = await fetch(upstream + request.url, {
      method: request.method ?? 'GET',
      headers: Object.entries(headers).map(([name, value]): [string, string] => [name, `${value}`]),
      ...(body.length > 0 && { body }),
    })
    const content = Buffer.from(await passed.arrayBuffer())
    if (weather === 'mute') return void hanging.add(response)
    if (weather === 'cut') return void response.destroy()
    for (const [name, value] of passed.headers) {
      if (!/^(content-encoding|content-length|transfer-encoding|connection)$/.test(name)) {
        response.setHeader(name, value)
      }
    }
    response.writeHead(passed.status).end(content)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const proxy: BadWeather = {
    url: addressOf(server.address()),
    weather: () => 'pass',
    seen: [],
    cut: () => {
      for (const response of hanging) response.destroy()
      hanging.clear()
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return proxy
}

export const addressOf = (address: AddressInfo | string | null): string => {
  if (address === null || typeof address === 'string') throw new Error('not listening')
  return `http://127.0.0.1:${address.port}`
}
