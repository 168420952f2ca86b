import { errorOf, notOurs, WeirError } from './weir-error.ts'

export type Send = (path: string, init?: RequestInit) => Promise<Response>

/** A fetch that answers only with success. Throws a WeirError; an abort is thrown as it is. */
export function sender(url: string, key: string | undefined): Send {
  return async (path, init = {}) => {
    const headers = new Headers(init.headers)
    if (key !== undefined) headers.set('authorization', `Bearer ${key}`)
    let response: Response
    try {
      response = await fetch(url + path, { ...init, headers })
    } catch (error) {
      if (init.signal?.aborted) throw error
      throw new WeirError(`No Weir answers at ${url || 'this address'}.`, null)
    }
    if (!response.ok) throw await errorOf(response)
    return response
  }
}

/** The body of an answer, as the type that the contract says. */
export async function readJson<T>(response: Response): Promise<T> {
  let text: string
  try {
    text = await response.text()
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error
    throw new WeirError('The connection broke in the middle of an answer.', null)
  }
  try {
    return JSON.parse(text)
  } catch {
    throw notOurs(response)
  }
}
