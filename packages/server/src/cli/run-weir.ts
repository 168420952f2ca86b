import { WeirError } from '@weir/client'
import { closest } from '../text/closest.ts'
import { COMMANDS } from './commands.ts'
import { help } from './help.ts'
import { RefusedInPart, UsageError } from './mistakes.ts'
import { sentencesOf } from './sentences-of.ts'
import type { Terminal } from './terminal.ts'

/**
 * Runs one command line. The exit code: 0, 1 for what went wrong, 2 for what was asked wrong, 3 for what was
 * done but in part refused. Never throws.
 */
export async function runWeir(argv: readonly string[], terminal: Terminal): Promise<0 | 1 | 2 | 3> {
  const [name, ...args] = argv
  try {
    if (name === undefined) {
      terminal.note(await help([], terminal))
      return 2
    }
    if (['help', '--help', '-h'].includes(name)) {
      terminal.print(await help(args, terminal))
      return 0
    }
    const command = await COMMANDS[name]?.()
    if (!command) throw new UsageError(unknownCommand(name))
    if (args.includes('--help') || args.includes('-h')) terminal.print(command.help)
    else await command.run(args, terminal)
    return 0
  } catch (error) {
    for (const line of sentencesOf(error, terminal.caller.url)) terminal.note(`weir: ${line}`)
    if (error instanceof RefusedInPart) return 3
    const asked = error instanceof UsageError || isWrongQuestion(error)
    if (asked && name !== undefined && name in COMMANDS) terminal.note(`See: weir help ${name}`)
    return asked ? 2 : 1
  }
}

const WRONG = new Set(['invalid_request', 'unknown_funnel', 'unknown_site', 'funnel_built_in'])

const isWrongQuestion = (error: unknown) =>
  error instanceof WeirError && error.problem !== null && WRONG.has(error.problem.code)

function unknownCommand(name: string): string {
  const meant = closest(name, [...Object.keys(COMMANDS), 'help'])
  return meant
    ? `There is no command ${name}. Did you mean ${meant}?`
    : `There is no command ${name}. \`weir help\` lists them.`
}
