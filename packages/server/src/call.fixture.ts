import type { TestWeir } from './testing.ts'

export interface Called {
  status: number
  headers: Headers
  text: string
  /** Of JSON; null for anything else. */
  body: unknown
}

/** Calls any route of a test's Weir, with the read key unless another (or none) is given. */
export async function call(
  weir: TestWeir,
  method: string,
  path: string,
  { key = weir.keys.read, body, headers = {} }: CallOptions = {},
): Promise<Called> {
  const response = await fetch(weir.url + path, {
    method,
    headers: {
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = /json$|json;/.test(response.headers.get('content-type') ?? '')
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? JSON.parse(text) : null,
  }
}

export interface CallOptions {
  key?: string | null
  body?: unknown
  headers?: Record<string, string>
}
