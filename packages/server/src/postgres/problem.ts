/** Everything that can keep our Postgres from running; each comes with a sentence that says what to do. */
export type PostgresProblemCode =
  | 'unsupported_platform'
  | 'binaries_missing'
  | 'binaries_do_not_run'
  | 'not_a_directory'
  | 'not_permitted'
  | 'not_reachable'
  | 'disk_full'
  | 'in_use'
  | 'port_taken'
  | 'other_major_version'
  | 'cluster_lost'
  | 'cluster_damaged'
  | 'password_lost'
  | 'would_not_start'
  | 'would_not_stop'

/** A reason why there is no Postgres, told to whoever started Weir. */
export class PostgresProblem extends Error {
  readonly code: PostgresProblemCode

  constructor(code: PostgresProblemCode, sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'PostgresProblem'
    this.code = code
  }
}
