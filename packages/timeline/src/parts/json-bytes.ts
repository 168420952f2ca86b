/**
 * Finds its way in JSON as it stands in bytes, without reading it: only where things begin and end.
 * What is there must be JSON, as Postgres writes it.
 */
const SPACE = 0x20
const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const BACKSLASH = 0x5c
const LIST = 0x5b
const LIST_END = 0x5d
const OBJECT = 0x7b
const OBJECT_END = 0x7d

/** Whether a text begins here. */
export const isText = (bytes: Uint8Array, at: number): boolean => bytes[at] === QUOTE

/** Whether a list or an object begins here. */
export const isNested = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === LIST || bytes[at] === OBJECT

/** Where the next key, value or bracket begins. */
export function nextOf(bytes: Uint8Array, at: number): number {
  let next = at
  for (; next < bytes.length; next++) {
    const byte = bytes[next]!
    if (byte > SPACE && byte !== COMMA && byte !== COLON) break
  }
  return next
}

/** The end of the key or value that begins here. */
export function endOf(bytes: Uint8Array, begin: number): number {
  if (bytes[begin] === QUOTE) return endOfText(bytes, begin)
  if (isNested(bytes, begin)) return endOfNested(bytes, begin)
  return endOfWord(bytes, begin)
}

function endOfText(bytes: Uint8Array, begin: number): number {
  let at = begin + 1
  for (; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (byte === QUOTE) return at + 1
    if (byte === BACKSLASH) at++
  }
  return at
}

/** A number, `true`, `false` or `null`. */
function endOfWord(bytes: Uint8Array, begin: number): number {
  let at = begin
  for (; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (byte <= SPACE || byte === COMMA || byte === LIST_END || byte === OBJECT_END) break
  }
  return at
}

function endOfNested(bytes: Uint8Array, begin: number): number {
  let depth = 0
  for (let at = begin; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (byte === QUOTE) at = endOfText(bytes, at) - 1
    else if (byte === LIST || byte === OBJECT) depth++
    else if (byte === LIST_END || byte === OBJECT_END) depth--
    if (depth === 0) return at + 1
  }
  return bytes.length
}
