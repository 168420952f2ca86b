/** Thrown where bytes are no part, or parts do not belong together; the message says what is wrong. */
export class PartError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'PartError'
  }
}
