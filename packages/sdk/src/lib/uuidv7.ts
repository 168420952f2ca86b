let tail = ''

/**
 * A UUID version 7 (RFC 9562) of that time in ms. Its 72 random bits are drawn once a page, whose events
 * all have times of their own; they need not be secret.
 */
export const uuidv7 = (at: number): string => {
  tail ||= '-7xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => ((Math.random() * 16) | 0).toString(16))
  return `0${at.toString(16)}`.replace(/.{8}/, '$&-') + tail
}
