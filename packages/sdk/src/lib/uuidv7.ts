import { attempt } from './attempt.ts'

let tail = ''

/**
 * A UUID version 7 (RFC 9562) of that time in ms. Its random bits are drawn once a page, whose events all have
 * times of their own. No `randomUUID` in old web views, on pages without https, and on pages that overwrite it:
 * there they are 11 digits of chance, for ids need not be secret.
 */
export const uuidv7 = (at: number): string => {
  tail ||=
    attempt(() => crypto.randomUUID().slice(15)) || `888-8888-${Math.random().toFixed(12).slice(2)}`
  return `0${at.toString(16)}-7`.replace(/.{8}/, '$&-') + tail
}
