import { ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { documentOf, ProblemError } from '../problems.ts'

/**
 * Answers bytes that are no HTTP, and ends the connection. Nobody's request is answered with what
 * follows it: whoever still waits on this connection hears nothing, and sends the same again.
 */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (socket.writable && !isAnsweringAnother(socket)) socket.write(answerTo(error))
  socket.destroy()
}

/** A request that came whole before this, or one whose answer has begun. */
function isAnsweringAnother(socket: Socket): boolean {
  // Node's own mark for what it has not answered yet.
  const first = '_httpMessage' in socket ? socket._httpMessage : null
  return first instanceof ServerResponse && (first.headersSent || first.req.complete)
}

function answerTo(error: Error & { code?: string }): string {
  const problem = documentOf(problemOf(error))
  const body = JSON.stringify(problem)
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'connection: close',
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')
}

function problemOf({ code }: { code?: string }): ProblemError {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new ProblemError('head_too_large', 'Address and headers may have 16 KB together.')
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new ProblemError('request_timeout', 'The headers did not come to their end in time.')
  }
  return new ProblemError('invalid_request', 'The request cannot be read as HTTP.')
}
