import { closest } from '../text/closest.ts'
import { COMMANDS } from './commands.ts'
import { UsageError } from './mistakes.ts'
import { table } from './table.ts'
import type { Terminal } from './terminal.ts'

/** All commands, or all about one. */
export async function help(args: readonly string[], { bold }: Pick<Terminal, 'bold'>) {
  const [name, ...more] = args.filter((arg) => arg !== '--json')
  const asJson = args.includes('--json')
  if (more.length > 0) throw new UsageError('help takes one command: `weir help rates`.')
  if (name !== undefined) {
    const command = await COMMANDS[name]?.()
    if (!command) {
      const meant = closest(name, Object.keys(COMMANDS))
      throw new UsageError(`There is no command ${name}.${meant ? ` Did you mean ${meant}?` : ''}`)
    }
    return asJson ? JSON.stringify({ name, ...command }) : command.help
  }
  const commands = await Promise.all(
    Object.entries(COMMANDS).map(async ([own, load]) => ({
      name: own,
      summary: (await load()).summary,
    })),
  )
  if (asJson) return JSON.stringify({ commands })
  const rows = commands.map((command) => [bold(command.name), command.summary])
  return `weir COMMAND [options]

${table(rows)}

  weir help COMMAND says all about one. All take --json.

start, weave and doctor work on the database of this machine: DATABASE_URL, or
the one in WEIR_DATA_DIR. The others ask a running Weir, over HTTP:

  --url   its address; WEIR_URL, else http://127.0.0.1:8787
  --key   what may be asked; WEIR_KEY. The demo's are rk_demo and sk_demo.`
}
