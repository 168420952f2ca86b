import { attempt } from './attempt.ts'

/**
 * A UUID version 7 (RFC 9562) of that time in ms, with 72 random bits. No crypto in old web views, and
 * on pages that overwrite it: ids need not be secret.
 */
export const uuidv7 = (at: number): string => {
  const random = attempt(() => crypto.getRandomValues(new Uint8Array(36))) || []
  return `0${at.toString(16)}-7xxx-8xxx-xxxxxxxxxxxx`
    .replace(/^.{8}/, '$&-')
    .replace(/x/g, (_, place) => ((random[place] ?? Math.random() * 16) & 15).toString(16))
}
