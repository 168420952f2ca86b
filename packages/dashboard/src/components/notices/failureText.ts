import type { WeirError } from '@weir/client'
import type { FieldProblem } from '@weir/contract'

export interface FailureText {
  title: string
  /** Null where the title, or the fields, say it already. */
  detail: string | null
  fields: FieldProblem[]
}

/** A failure in words: the server's own where it gave some. */
export function failureText({ problem, status }: WeirError): FailureText {
  if (problem) {
    const { title, detail, errors } = problem
    const said = errors.length > 0 && errors.every(({ message }) => detail.includes(message))
    return { title, detail: said || detail === title ? null : detail, fields: errors }
  }
  return status === null ? UNREACHABLE : notOurs(status)
}

const UNREACHABLE: FailureText = {
  title: 'Weir cannot be reached',
  detail: 'The server did not answer. It may be starting again, or the connection is down.',
  fields: [],
}

const notOurs = (status: number): FailureText => ({
  title: 'This answer is not from Weir',
  detail: `Something between this page and the server answered with status ${status} and no words that can be shown.`,
  fields: [],
})
