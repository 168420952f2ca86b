import { type FieldProblem, PROBLEMS, type Problem, type ProblemCode } from '@weir/contract'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { core } from 'zod'
import { errorCode } from './error-code.ts'

/** An error that a caller is told about: one code of the closed list, and what is wrong in a sentence. */
export class ProblemError extends Error {
  readonly code: ProblemCode
  readonly errors: FieldProblem[]
  readonly headers: Record<string, string>

  constructor(
    code: ProblemCode,
    detail: string,
    more: { errors?: FieldProblem[]; headers?: Record<string, string> } = {},
  ) {
    super(detail)
    this.code = code
    this.errors = more.errors ?? []
    this.headers = more.headers ?? {}
  }
}

/** All wrong fields at once. */
export function wrongFields(errors: FieldProblem[]): ProblemError {
  const detail = errors.map(({ path, message }) => (path ? `${path}: ${message}` : message))
  return new ProblemError('invalid_request', detail.join('; '), { errors })
}

/** What is wrong with fields if a check throws it; any other error is thrown. */
export function problemsOf(check: () => unknown): FieldProblem[] {
  try {
    check()
    return []
  } catch (error) {
    if (error instanceof ProblemError && error.errors.length > 0) return error.errors
    throw error
  }
}

/** What zod found wrong with a body or a query. */
export const invalidRequest = (issues: readonly core.$ZodIssue[]): ProblemError =>
  wrongFields(issues.flatMap(fieldsOf))

function fieldsOf(issue: core.$ZodIssue): FieldProblem[] {
  const path = issue.path.join('.')
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n')
    return issue.keys.map((key, place) => ({
      path: path ? `${path}.${key}` : key,
      code: 'unknown_field',
      message: messages[place] ?? issue.message,
    }))
  }
  if (issue.message === 'is required') return [{ path, code: 'required', message: issue.message }]
  // An address is never anything else.
  if (path === '' && issue.code === 'invalid_type')
    return [{ path, code: issue.code, message: `the body ${issue.message}` }]
  const own = issue.code === 'custom' ? (issue.params?.code ?? 'invalid') : issue.code
  return [{ path, code: String(own), message: issue.message }]
}

/** SQLSTATE of a statement that reached its time limit. */
const QUERY_CANCELED = '57014'

/** Fastify's own errors, in our words. */
const FASTIFY_CODES: Record<string, [ProblemCode, string]> = {
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid_json', 'The body cannot be read as JSON.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['invalid_json', 'The body is empty; it must be JSON.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['invalid_request', 'The body is not as long as it says.'],
  FST_ERR_BAD_URL: ['invalid_request', 'The address cannot be read: a % in it is no escape.'],
  FST_ERR_MAX_PARAM_LENGTH: ['not_found', 'There is nothing at this address.'],
}

/** The one place where an error becomes an answer. Never a stack. */
export function answerProblem(
  error: FastifyError | ProblemError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const problem = problemOf(error, request)
  if (problem.code === 'internal') request.log.error({ err: error }, 'unexpected error')
  return sendProblem(reply, problem)
}

export function sendProblem(reply: FastifyReply, problem: ProblemError) {
  const body = documentOf(problem)
  const { status } = body
  return reply
    .code(status)
    .headers(
      status === 401 ? { 'www-authenticate': 'Bearer', ...problem.headers } : problem.headers,
    )
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(body)
}

/** The problem as it is told. */
export function documentOf(problem: ProblemError): Problem {
  const [status, title] = PROBLEMS[problem.code]
  return {
    type: `urn:weir:problem:${problem.code}`,
    title,
    status,
    code: problem.code,
    detail: problem.message,
    errors: problem.errors,
  }
}

/** What a route takes is known by its description. */
function unfitBody(code: string, { routeOptions }: FastifyRequest): ProblemError | null {
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const most = routeOptions.bodyLimit.toLocaleString('en')
    return new ProblemError(
      'body_too_large',
      `The body is larger than ${most} bytes; send less at once.`,
    )
  }
  if (code !== 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return null
  const type = routeOptions.schema?.consumes?.[0] ?? 'application/json'
  return new ProblemError('unsupported_type', `Send it as ${type}.`)
}

function problemOf(
  error: FastifyError | ProblemError | Error,
  request: FastifyRequest,
): ProblemError {
  if (error instanceof ProblemError) return error
  const unfit = 'code' in error ? unfitBody(error.code, request) : null
  if (unfit) return unfit
  if (error instanceof SyntaxError)
    return new ProblemError('invalid_json', 'The body cannot be read as JSON.')
  const code = 'code' in error ? FASTIFY_CODES[error.code] : undefined
  if (code) return new ProblemError(...code)
  if ('code' in error && /^22(021|P0[25])$/.test(String(error.code))) {
    return new ProblemError('invalid_request', 'A text holds a character that cannot be stored.')
  }
  if ('code' in error && error.code === QUERY_CANCELED) {
    return new ProblemError('too_slow', 'The answer takes too long; ask for fewer days.')
  }
  if (isDatabaseAway(error)) {
    return databaseAway()
  }
  const status = 'statusCode' in error ? error.statusCode : undefined
  if (status !== undefined && status >= 400 && status < 500)
    return new ProblemError('invalid_request', error.message)
  return new ProblemError('internal', 'An unexpected error; the log of the server says more.')
}

export const databaseAway = (): ProblemError =>
  new ProblemError('unavailable', 'The database cannot be reached; try again shortly.', {
    headers: { 'retry-after': '2' },
  })

/** The database undid it for another's sake, as in a deadlock: the same again succeeds. */
export const isUndone = (error: unknown): boolean => /^40/.test(errorCode(error) ?? '')

/** The database is away, starting, stopping, overloaded or read-only: what is sent again later may succeed. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = errorCode(error) ?? ''
  return (
    /^(08|53|57|40|25006|XX000)/.test(code) ||
    /^(ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|E(HOST|NET)UNREACH|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/.test(
      code,
    ) ||
    /timeout|Connection terminated|Client has encountered a connection error/i.test(error.message)
  )
}
