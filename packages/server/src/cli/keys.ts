import type { ListedKey } from '@weir/contract'
import type { Command } from './command.ts'
import { connect } from './connect.ts'
import { UsageError } from './mistakes.ts'
import { ASKING, readArguments } from './read-arguments.ts'
import { table } from './table.ts'
import type { Terminal } from './terminal.ts'

const HELP = `weir keys --site ID --key ak_…
  lists a site's keys; of each only the last letters are known

weir keys add read|write|secret --site ID --key ak_…
  makes another one, and prints it once; the old ones go on working

weir keys revoke KEY_ID --key ak_…
  ends one; where it was just used it may send for 5 more seconds

--json  as Weir gives it`

const KINDS = ['read', 'write', 'secret'] as const

export const keys: Command = {
  summary: "list a site's keys, add one, revoke one",
  help: HELP,
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, ASKING, 2)
    const [action = 'list', which] = positionals
    const { client } = connect('admin', values, terminal.caller)
    const print = (answer: object, text: string) =>
      terminal.print(values.json ? JSON.stringify(answer) : text)
    switch (action) {
      case 'list': {
        const known = await client.getSite(siteOf(values.site))
        return print({ keys: known.keys }, keysText(known.keys, terminal))
      }
      case 'add': {
        const kind = KINDS.find((own) => own === which)
        if (!kind)
          throw new UsageError('Say what kind of key: weir keys add read, write or secret.')
        const made = await client.addKey(siteOf(values.site), kind)
        return print(made, `  Key ${made.id}, shown once:  ${terminal.bold(made.key)}`)
      }
      case 'revoke': {
        if (!/^[1-9]\d{0,8}$/.test(which ?? '')) {
          throw new UsageError('Say which key by its number: `weir keys --site 1` lists them.')
        }
        await client.revokeKey(Number(which))
        return print({ revoked: Number(which) }, `  Key ${which} is revoked.`)
      }
      default:
        throw new UsageError(`\`${action}\` is nothing that can be done with keys: add or revoke.`)
    }
  },
}

function siteOf(given: string | undefined): number {
  if (given !== undefined) return Number(given)
  throw new UsageError('Say of which site: --site 1. `weir sites` lists them.')
}

function keysText(known: readonly ListedKey[], { dim }: Terminal): string {
  const head = ['id', 'kind', 'ends in', 'made', ''].map((title) => dim(title))
  const rows = known.map(({ id, kind, hint, created_at, revoked_at }) => [
    String(id),
    kind,
    hint,
    created_at.slice(0, 10),
    revoked_at ? `revoked ${revoked_at.slice(0, 10)}` : '',
  ])
  return table([head, ...rows], 'r')
}
