import type { Site } from '@weir/contract'
import type { Command } from './command.ts'
import { connect } from './connect.ts'
import { UsageError } from './mistakes.ts'
import { ASKING, readArguments } from './read-arguments.ts'
import { table } from './table.ts'

const HELP = `weir sites --key ak_…
  lists what is measured

weir sites add NAME --key ak_… [--time-zone Europe/Berlin] [--origin https://…]
  makes another one, and prints its keys once
  --time-zone  where its days begin; UTC if not said
  --origin     pages that may send, and no others; may be repeated

--json  as Weir gives it`

const OPTIONS = {
  ...ASKING,
  'time-zone': { type: 'string' },
  origin: { type: 'string', multiple: true },
} as const

export const sites: Command = {
  summary: 'list what is measured, add to it',
  help: HELP,
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, OPTIONS, 2)
    const [action = 'list', name] = positionals
    if (action !== 'list' && action !== 'add') {
      throw new UsageError(`\`${action}\` is nothing that can be done with sites: list or add.`)
    }
    const { client, url } = connect('admin', values, terminal.caller)
    const { bold, dim } = terminal
    if (action === 'list') {
      const found = await client.listSites()
      const head = ['id', 'name', 'time zone', 'pages that may send'].map((title) => dim(title))
      return terminal.print(
        values.json ? JSON.stringify({ sites: found }) : table([head, ...found.map(rowOf)], 'r'),
      )
    }
    if (!name) throw new UsageError('Name the site: weir sites add "My shop".')
    const time_zone = values['time-zone']
    const made = await client.addSite({ name, time_zone, origins: values.origin })
    if (values.json) return terminal.print(JSON.stringify(made))
    const { site, keys } = made
    terminal.print(`  Site ${site.id}, ${bold(site.name)}. Keep these keys, they are shown once.

  Into every page, before </head>:

    <script async src="${url}/weir.js?key=${keys.write}"></script>

  Read key     ${keys.read}    signs in, asks for rates
  Secret key   ${keys.secret}    for the shop's server`)
  },
}

const rowOf = ({ id, name, time_zone, origins }: Site): string[] => [
  String(id),
  name,
  time_zone,
  origins?.join(' ') ?? 'any',
]
