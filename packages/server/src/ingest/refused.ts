/** One event cannot be stored, and why. Thrown by the checks, caught where an event is checked. */
export class Refused extends Error {
  readonly code: string
  readonly field: string

  constructor(code: string, field: string, message: string) {
    super(message)
    this.code = code
    this.field = field
  }
}
