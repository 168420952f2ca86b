import { hash } from 'node:crypto'

/** 64 bits that stand for a visitor: the first of the SHA-256 of its id. In SQL: `sha256(visitor_id::bytea)`. */
export interface VisitorHash {
  readonly hi: number
  readonly lo: number
}

/** Two of ten million visitors share a hash, and count as one, with a chance of 3 in a million. */
export function visitorHash(visitorId: string): VisitorHash {
  // As text of one byte a character: Node makes that of a digest in a third of the time of a Buffer.
  const digest = hash('sha256', visitorId, 'binary')
  return { hi: wordOf(digest, 0), lo: wordOf(digest, 4) }
}

const wordOf = (digest: string, start: number): number =>
  ((digest.charCodeAt(start) << 24) |
    (digest.charCodeAt(start + 1) << 16) |
    (digest.charCodeAt(start + 2) << 8) |
    digest.charCodeAt(start + 3)) >>>
  0
