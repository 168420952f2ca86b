import type { KeyKind } from '@weir/contract'

/** What is said of a key that opens nothing, and what to do. */
export const KEY_UNKNOWN =
  'This key is not known here: is it whole, and of this Weir? `npx weir keys add` makes another.'
export const KEY_REVOKED = 'This key was revoked; `npx weir keys add` makes another.'

export const aKey = (kind: KeyKind): string => `${kind === 'admin' ? 'an' : 'a'} ${kind} key`
