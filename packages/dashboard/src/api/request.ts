import type { Problem } from '@weir/contract'

/** Why there is no answer. `unexpected` is a reply that is not ours: a proxy's page, a cut connection. */
export type Failure =
  | { kind: 'problem'; problem: Problem }
  | { kind: 'unreachable' }
  | { kind: 'unexpected'; status: number }

export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure }

/** Asks our own server. Never throws: what went wrong is part of what it returns. */
export async function request<T>(
  path: string,
  init: RequestInit,
  read: (response: Response) => Promise<T>,
): Promise<Outcome<T>> {
  let response: Response
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init })
  } catch {
    return { ok: false, failure: { kind: 'unreachable' } }
  }
  const unexpected: Failure = { kind: 'unexpected', status: response.status }
  try {
    if (response.ok) return { ok: true, value: await read(response) }
    const body: unknown = await response.json()
    return { ok: false, failure: isProblem(body) ? { kind: 'problem', problem: body } : unexpected }
  } catch {
    return { ok: false, failure: unexpected }
  }
}

/** True when the server no longer knows who asks. */
export const isSignedOut = (failure: Failure) =>
  failure.kind === 'problem' && failure.problem.status === 401

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' &&
  value !== null &&
  'status' in value &&
  typeof value.status === 'number' &&
  'title' in value &&
  typeof value.title === 'string' &&
  'detail' in value &&
  typeof value.detail === 'string' &&
  'errors' in value &&
  Array.isArray(value.errors)
