import { whyUnreachable } from '../db/why-unreachable.ts'

/** What went wrong as a person should read it, and of a database also what to do. Never a stack. */
export function sentenceOf(error: unknown): string {
  const why = whyUnreachable(error)
  if (why) return `The database ${why.found}. ${why.advice}`
  return error instanceof Error ? error.message : String(error)
}
