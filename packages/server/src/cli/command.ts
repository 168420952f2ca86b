import type { Terminal } from './terminal.ts'

/** What `weir NAME` does. */
export interface Command {
  /** In the list of all commands. */
  summary: string
  /** All of it: what it takes, what it says. */
  help: string
  /** Throws a UsageError for what a person got wrong, an Error with a sentence for what went wrong. */
  run(args: string[], terminal: Terminal): Promise<void>
}
