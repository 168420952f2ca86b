import { examine } from '../doctor/examine.ts'
import type { Finding } from '../doctor/finding.ts'
import type { Command } from './command.ts'
import { readArguments } from './read-arguments.ts'
import { table } from './table.ts'
import type { Terminal } from './terminal.ts'
import { withDatabase } from './with-database.ts'
import { wrapped } from './wrapped.ts'

const HELP = `weir doctor [--json]

Looks at the database of this machine and says what to do about what it finds:
whether it answers and how fast, its version and schema, the months ahead, what
waits to be woven, the clocks, the disk, and which stages never came from a
site. It changes nothing. The exit code is 1 if something does not work.

Works on DATABASE_URL, or on the database in WEIR_DATA_DIR; a Weir may run.`

const OPTIONS = { json: { type: 'boolean', default: false } } as const

export const doctor: Command = {
  summary: 'what is wrong with this Weir, and what to do about it',
  help: HELP,
  async run(args, terminal) {
    const { values } = readArguments(args, OPTIONS)
    const config = terminal.config()
    const say = (sentence: string) => terminal.note(`  ${sentence}`)
    const findings = await withDatabase(config, say, (db) => examine(db, config, Date.now()))
    const ok = findings.every(({ state }) => state !== 'bad')
    terminal.print(
      values.json ? JSON.stringify({ ok, findings }) : findingsText(findings, terminal),
    )
    if (!ok) throw new Error('Something does not work: see above.')
  },
}

function findingsText(findings: readonly Finding[], terminal: Terminal): string {
  const { good, warn, bad, dim, width } = terminal
  const MARKS = { good: good('ok'), look: warn('look'), bad: bad('BAD') }
  const lines = table(findings.map(({ about, state, found }) => [MARKS[state], about, found]))
  return lines
    .split('\n')
    .flatMap((line, place) => {
      const advice = findings[place]?.advice
      return advice ? [line, dim(wrapped(advice, width, '        '))] : [line]
    })
    .join('\n')
}
