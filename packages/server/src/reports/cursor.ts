import { createHash } from 'node:crypto'
import { z } from 'zod'
import { wrongFields } from '../problems.ts'

/**
 * Cursors: opaque text that says after what the next page begins, and of which question. Whoever makes one up
 * gets another page of what the key may read anyway.
 */
export const writeCursor = (question: unknown, after: unknown): string =>
  Buffer.from(JSON.stringify([digestOf(question), after])).toString('base64url')

/** What a cursor says; refuses text that is none, and one of another question. */
export function readCursor<After>(
  question: unknown,
  cursor: string,
  schema: z.ZodType<After>,
): After {
  const read = z.tuple([z.string(), schema]).safeParse(parse(cursor))
  if (!read.success) throw wrong('is no cursor; take `next` of the page before')
  const [digest, after] = read.data
  if (digest === digestOf(question)) return after
  throw wrong('is of another question; ask the same one, or leave the cursor out')
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return null
  }
}

const wrong = (message: string) => wrongFields([{ path: 'cursor', code: 'invalid', message }])

const digestOf = (question: unknown): string =>
  createHash('sha256').update(JSON.stringify(question)).digest('base64url').slice(0, 16)
