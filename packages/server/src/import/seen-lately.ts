import { createHash } from 'node:crypto'

const MOST = 500_000
/** 96 bits. */
const DIGEST_CHARACTERS = 16

/**
 * How often each content was there before, of the last MOST different ones: a file may have any number
 * of events without an id, and memory has not. Of equal ones further apart only the first is stored.
 */
export class SeenLately extends Map<string, number> {
  override get(content: string): number | undefined {
    return super.get(digestOf(content))
  }

  override set(content: string, count: number): this {
    const digest = digestOf(content)
    super.delete(digest)
    super.set(digest, count)
    if (this.size > MOST) super.delete(this.keys().next().value ?? '')
    return this
  }
}

const digestOf = (content: string): string =>
  createHash('sha256').update(content).digest('base64url').slice(0, DIGEST_CHARACTERS)
