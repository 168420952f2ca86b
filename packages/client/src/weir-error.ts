import type { Problem } from '@weir/contract'

/** Why there is no answer. `message` is a sentence for a person. */
export class WeirError extends Error {
  /** What Weir says is wrong, field by field. Null where the reply is not Weir's, or where there is none. */
  readonly problem: Problem | null
  /** Of the reply; null where nobody replied. */
  readonly status: number | null

  constructor(message: string, status: number | null, problem: Problem | null = null) {
    super(message)
    this.name = 'WeirError'
    this.status = status
    this.problem = problem
  }
}

/** The reply was no answer: a problem document, or something between here and Weir that speaks for itself. */
export async function errorOf(response: Response): Promise<WeirError> {
  const body: unknown = await response.json().catch(() => null)
  if (isProblem(body)) return new WeirError(body.detail, response.status, body)
  return notOurs(response)
}

export const notOurs = ({ status }: Response): WeirError =>
  new WeirError(`This answer, with status ${status}, is not from Weir.`, status)

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
