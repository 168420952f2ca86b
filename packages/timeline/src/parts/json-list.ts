import { PartError } from './part-error.ts'

/** A list as JSON in UTF-8: V8 reads it faster than any code of ours could, and it holds every value that an event can carry. */
export const jsonBytes = (list: readonly unknown[]): Uint8Array => Buffer.from(JSON.stringify(list))

/** Throws PartError. */
export function parseJsonList(bytes: Uint8Array): unknown[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch {
    throw new PartError('a list of values is no JSON')
  }
  if (!Array.isArray(list)) throw new PartError('the values are no list')
  return list
}
