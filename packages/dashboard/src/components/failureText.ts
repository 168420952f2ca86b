import type { FieldProblem } from '@weir/contract'
import type { Failure } from '../api/request.ts'

export interface FailureText {
  title: string
  /** Null where the title, or the fields, say it already. */
  detail: string | null
  fields: FieldProblem[]
}

/** A failure in words: the server's own where it gave some. */
export function failureText(failure: Failure): FailureText {
  switch (failure.kind) {
    case 'problem': {
      const { title, detail, errors } = failure.problem
      const said = errors.length > 0 && errors.every(({ message }) => detail.includes(message))
      return { title, detail: said || detail === title ? null : detail, fields: errors }
    }
    case 'unreachable':
      return {
        title: 'Weir cannot be reached',
        detail: 'The server did not answer. It may be starting again, or the connection is down.',
        fields: [],
      }
    case 'unexpected':
      return {
        title: 'This answer is not from Weir',
        detail: `Something between this page and the server answered with status ${failure.status} and no words that can be shown.`,
        fields: [],
      }
  }
}
