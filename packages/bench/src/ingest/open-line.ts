import { once } from 'node:events'
import { connect } from 'node:net'

/** A connection that is kept alive, and asks one thing at a time. */
export interface Line {
  /** Resolves to the status and the body of the answer. */
  post(path: string, body: string): Promise<{ status: number; body: string }>
  close(): void
}

const AGENT =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

/**
 * HTTP/1.1 by hand: senders share two cores with what they measure, and node:http takes several times
 * as long a request. Reads answers that say their Content-Length, as Weir's do.
 */
export async function openLine(address: string): Promise<Line> {
  const { hostname, port, host } = new URL(address)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  await once(socket, 'connect')
  let waiting: PromiseWithResolvers<{ status: number; body: string }> | null = null
  let text = ''
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    text += chunk
    const headEnd = text.indexOf('\r\n\r\n')
    if (headEnd === -1) return
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? 0)
    if (text.length < headEnd + 4 + length) return
    const answer = { status: Number(text.slice(9, 12)), body: text.slice(headEnd + 4) }
    text = ''
    waiting?.resolve(answer)
    waiting = null
  })
  const fail = () => {
    waiting?.reject(new Error('the connection was closed'))
    waiting = null
  }
  socket.on('error', fail)
  socket.on('close', fail)
  return {
    post(path, body) {
      waiting = withResolvers()
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: ${AGENT}\r\nOrigin: https://shop.example\r\n` +
          `Content-Type: text/plain;charset=UTF-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      )
      return waiting.promise
    },
    close: () => socket.destroy(),
  }
}

interface PromiseWithResolvers<T> {
  promise: Promise<T>
  resolve(value: T): void
  reject(reason: Error): void
}

// Node 20 has no Promise.withResolvers.
function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve: (value: T) => void = () => undefined
  let reject: (reason: Error) => void = () => undefined
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
