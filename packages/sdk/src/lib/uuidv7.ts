import { attempt } from './attempt.ts'

/** No crypto in old web views, and on pages that overwrite it: ids need not be secret. */
const random = (): number =>
  attempt(() => crypto.getRandomValues(new Uint8Array(1))[0]) ?? Math.random() * 256

/** A UUID version 7 (RFC 9562) of that time in ms, with 72 random bits. */
export const uuidv7 = (at: number): string =>
  `0${at.toString(16)}-7xxx-8xxx-xxxxxxxxxxxx`
    .replace(/^.{8}/, '$&-')
    .replace(/x/g, () => (random() & 15).toString(16))
