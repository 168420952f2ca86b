import type { Command } from './command.ts'
import { readArguments } from './read-arguments.ts'

const HELP = `weir start [--json]

Runs Weir until Ctrl-C. With no DATABASE_URL it starts a Postgres of its own in
WEIR_DATA_DIR (.weir). The first start makes a site, and prints its keys once.

  --json  one line: { "url": …, "first": keys at the first start, else null }

PORT, HOST and the other settings are in the README.`

const OPTIONS = { json: { type: 'boolean', default: false } } as const

export const start: Command = {
  summary: 'run Weir',
  help: HELP,
  async run(args, { print }) {
    const { values } = readArguments(args, OPTIONS)
    await import('../../../build.ts')
    const { serve } = await import('../start/serve.ts')
    await serve(values.json ? (told) => print(JSON.stringify(told)) : undefined)
    // It serves; the process ends at a signal.
    await new Promise<never>(() => undefined)
  },
}
