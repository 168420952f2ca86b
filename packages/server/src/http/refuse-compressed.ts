import type { FastifyRequest } from 'fastify'
import { ProblemError } from '../problems.ts'

/** Throws for a body that is compressed: taken as text, it would only be "no JSON". */
export function refuseCompressed({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding']
  if (!encoding || encoding === 'identity') return
  const detail = `The body is compressed (${encoding.slice(0, 40)}); send it uncompressed.`
  throw new ProblemError('unsupported_type', detail)
}
