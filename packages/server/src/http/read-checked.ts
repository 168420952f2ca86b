import type { z } from 'zod'
import { invalidRequest, ProblemError } from '../problems.ts'
import { plainWords } from '../text/plain-words.ts'

/** What a schema reads of a body or a query, or what is wrong with it: as fastify wants it. */
export function readChecked(
  schema: z.ZodType,
  data: unknown,
): { value: unknown } | { error: ProblemError } {
  try {
    const read = schema.safeParse(data, { error: plainWords })
    return read.success ? { value: read.data } : { error: invalidRequest(read.error.issues) }
  } catch (error) {
    // zod measures whatever has a `length`, also where text was expected, and compares that with its bound.
    if (!(error instanceof TypeError)) throw error
    return {
      error: new ProblemError('invalid_request', 'An object has a `length` that is no number.'),
    }
  }
}
