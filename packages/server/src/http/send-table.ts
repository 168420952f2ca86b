import type { FastifyReply } from 'fastify'
import { z } from 'zod'

/** The schema of what sendTable sends. */
export const tableOf = <Schema extends z.ZodType>(schema: Schema) => ({
  description: schema.meta()?.description ?? '',
  content: { 'application/json': { schema }, 'text/csv': { schema: z.string() } },
})

/**
 * Sends an answer as JSON, or as CSV where the address says so (`format=csv`), or else the header
 * `Accept` likes it better than JSON.
 */
export function sendTable<Answer>(
  reply: FastifyReply,
  answer: Answer,
  format: 'json' | 'csv' | undefined,
  csvOf: (answer: Answer) => string,
): FastifyReply {
  reply.header('vary', 'accept')
  const isCsv = format ? format === 'csv' : likesCsv(reply.request.headers.accept)
  return isCsv
    ? reply.type('text/csv; charset=utf-8').serializer(String).send(csvOf(answer))
    : reply.send(answer)
}

/** A spreadsheet that takes anything says nothing of CSV: JSON it is. */
function likesCsv(accept = ''): boolean {
  const ranges = accept.split(',').map((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))
    return { type, weight: weight === undefined ? 1 : Number(weight.slice(2)) }
  })
  const weightOf = (...types: string[]) => {
    const found = types.map((type) => ranges.find((range) => range.type === type))
    return found.find((range) => range !== undefined)?.weight ?? 0
  }
  const csv = weightOf('text/csv')
  const json = weightOf('application/json', 'application/*', '*/*')
  const isFirst = ranges.findIndex(({ type }) => type === 'text/csv') === 0
  return csv > json || (csv > 0 && csv === json && isFirst)
}
