// No 0, O, 1, I: people read order numbers out on the telephone.
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** `prefix-` and eight letters: 40 random bits. */
export function randomId(prefix) {
  const bytes = crypto.getRandomValues(new Uint8Array(8))
  return `${prefix}-${Array.from(bytes, (byte) => LETTERS[byte % 32]).join('')}`
}
