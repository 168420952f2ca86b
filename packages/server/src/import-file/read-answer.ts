import type { IncomingMessage } from 'node:http'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { WeirError } from '@weir/client'
import type { ImportProgress, ImportSummary, Problem } from '@weir/contract'

/** Reads what became of the lines as it comes. Throws unless the last answer says that all was read. */
export async function readAnswer(
  response: IncomingMessage,
  onProgress: (progress: ImportProgress) => Promise<void>,
): Promise<void> {
  if (response.statusCode !== 200) throw refusal(response, await text(response))
  let end: ImportSummary | undefined
  for await (const line of createInterface({ input: response })) {
    const answer: ImportProgress | ImportSummary = JSON.parse(line)
    if ('done' in answer) end = answer
    else await onProgress(answer)
  }
  if (!end?.done) {
    throw new Error(end?.error?.detail ?? 'The connection ended before the import did.')
  }
}

function refusal({ statusCode = 0 }: IncomingMessage, body: string): WeirError {
  try {
    const problem: Problem = JSON.parse(body)
    return new WeirError(problem.detail, statusCode, problem)
  } catch {
    return new WeirError(`This answer, with status ${statusCode}, is not from Weir.`, statusCode)
  }
}
