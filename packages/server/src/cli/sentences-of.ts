import { WeirError } from '@weir/client'
import { sentenceOf } from '../text/sentence-of.ts'

/** What went wrong as a person should read it: what it is, and what to do. Never a stack. */
export function sentencesOf(error: unknown, url: string): string[] {
  if (!(error instanceof WeirError)) return [sentenceOf(error)]
  const { problem, status } = error
  if (status === null) {
    return [
      `${error.message} Start one with \`npx weir start\`, or say where it is: --url or WEIR_URL.`,
    ]
  }
  if (!problem) return [`${error.message} Is ${url} the address of a Weir?`]
  if (problem.errors.length === 0) return [problem.detail + (ADVICE[problem.code] ?? '')]
  return problem.errors.map(({ path, message }) =>
    // These are no options; their sentence names them.
    path && path !== 'funnel' && path !== 'name' ? `${optionOf(path)}: ${message}` : message,
  )
}

/** Every filter is one --filter, and what is said of a breakdown has options of its own. */
const optionOf = (path: string): string =>
  `--${path
    .replace(/^breakdown\./, '')
    .replace(/\.\d+$/, '')
    .replaceAll('_', '-')}`

const ADVICE: Record<string, string> = {
  key_unknown: ' Is it of this Weir? --url says which one is asked.',
  key_revoked: ' Make another one: `weir keys add`.',
}
