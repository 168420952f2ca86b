/** Errors on the wire: RFC 9457 problem documents with a closed list of codes. */
import { z } from 'zod'

/** Every code that an answer's `code` can be, with its HTTP status and title. */
export const PROBLEMS = {
  invalid_request: [400, 'The request cannot be understood as it is'],
  invalid_json: [400, 'The body is not JSON'],
  key_missing: [401, 'No key was sent'],
  key_unknown: [401, 'The key is not known'],
  key_revoked: [401, 'The key was revoked'],
  share_unknown: [401, 'The share link is not known'],
  share_revoked: [401, 'The share link was taken back'],
  share_expired: [401, 'The share link has expired'],
  share_not_allowed: [403, 'The share link does not open this'],
  key_not_allowed: [403, 'This kind of key may not do that'],
  origin_not_allowed: [403, "The page's origin is not on the site's list"],
  not_found: [404, 'There is nothing at this address'],
  unknown_funnel: [404, 'No funnel has that name'],
  funnel_built_in: [409, 'That funnel is built in'],
  unknown_site: [404, 'No site has that id'],
  request_timeout: [408, 'The request did not come to its end'],
  body_too_large: [413, 'The body is too large'],
  too_many_events: [413, 'Too many events in one request'],
  unsupported_type: [415, 'The body has a type that is not read here'],
  head_too_large: [431, 'The head of the request is too large'],
  too_many_requests: [429, 'Too many requests'],
  too_slow: [503, 'The answer took too long'],
  unavailable: [503, 'Not available right now'],
  internal: [500, 'Something went wrong on our side'],
} as const

export type ProblemCode = keyof typeof PROBLEMS

/** One field that is wrong. `path` is dotted, like `stages.0.events`. */
export interface FieldProblem {
  path: string
  code: string
  message: string
}

export interface Problem {
  type: string
  title: string
  status: number
  code: ProblemCode
  detail: string
  errors: FieldProblem[]
}

const isCode = (text: string): text is ProblemCode => text in PROBLEMS
const codes = Object.keys(PROBLEMS).filter(isCode)

export const problem: z.ZodType<Problem> = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(codes),
    detail: z.string(),
    errors: z.array(z.strictObject({ path: z.string(), code: z.string(), message: z.string() })),
  })
  .meta({
    id: 'Problem',
    description: 'RFC 9457. `errors` names every wrong field at once.',
    examples: [
      {
        type: 'urn:weir:problem:invalid_request',
        title: 'The request cannot be understood as it is',
        status: 400,
        code: 'invalid_request',
        detail: 'to: is required',
        errors: [{ path: 'to', code: 'required', message: 'is required' }],
      },
    ],
  })
