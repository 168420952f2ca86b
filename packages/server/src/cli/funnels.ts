import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { type WeirClient, WeirError } from '@weir/client'
import type { FunnelBody, FunnelVersionAnswer } from '@weir/contract'
import { errorCode } from '../error-code.ts'
import type { Command } from './command.ts'
import { connect } from './connect.ts'
import { funnelText } from './funnels/funnel-text.ts'
import { funnelsText } from './funnels/funnels-text.ts'
import { UsageError } from './mistakes.ts'
import { ASKING, readArguments } from './read-arguments.ts'
import type { Terminal } from './terminal.ts'

const HELP = `weir funnels --key rk_…
  lists what \`weir rates NAME\` can be asked of

weir funnels show NAME       its stages; NAME@2 for one version
weir funnels versions NAME   all of them, the newest first
weir funnels save NAME FILE  makes the next version; - for standard input
weir funnels delete NAME     lists it no more; NAME@2 can still be asked

--json  as Weir gives it; \`show --json\` can be changed and saved again

FILE is JSON:
  { "stages": [ { "events": ["product_view"] },
                { "events": ["purchase"], "name": "Bought" } ],
    "window": "1d" }
Stages take filters and optional; a funnel order, unit, filters, exclusions,
hold: all as POST /v1/query/funnel takes them, but for from and to.`

export const funnels: Command = {
  summary: 'list saved funnels, show, save, delete one',
  help: HELP,
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, ASKING, 3)
    const [action = 'list', named, file] = positionals
    if (file !== undefined && action !== 'save')
      throw new UsageError(`\`${file}\` is one word too many.`)
    const { client } = connect('read', values, terminal.caller)
    const print = (answer: object, words: string) =>
      terminal.print(values.json ? JSON.stringify(answer) : words)
    switch (action) {
      case 'list': {
        const found = await client.listFunnels()
        return print({ funnels: found }, funnelsText(found, terminal))
      }
      case 'show': {
        const found = await getFunnel(client, nameOf(named, action))
        return print(found, funnelText(found, terminal))
      }
      case 'versions': {
        const versions = await client.listFunnelVersions(nameOf(named, action))
        return print({ versions }, funnelsText(versions, terminal))
      }
      case 'save': {
        const name = nameOf(named, action)
        const made = await save(client, name, file, terminal)
        return print(made, `  Saved as version ${made.version}: weir rates ${name}`)
      }
      case 'delete': {
        const name = nameOf(named, action)
        await client.deleteFunnel(name)
        return print({ deleted: name }, `  ${name} is deleted; its versions can still be asked.`)
      }
      default:
        throw new UsageError(
          `\`${action}\` is nothing that can be done with funnels: list, show, versions, save or delete. For a funnel of that name: weir funnels show ${action}.`,
        )
    }
  },
}

function nameOf(named: string | undefined, action: string): string {
  if (named !== undefined) return named
  throw new UsageError(
    `Say which funnel: weir funnels ${action} NAME. \`weir funnels\` lists them.`,
  )
}

function getFunnel(client: WeirClient, named: string): Promise<FunnelVersionAnswer> {
  const [, name = named, version] = /^(.*)@([1-9]\d{0,8})$/.exec(named) ?? []
  return client.getFunnel(name, version === undefined ? undefined : Number(version))
}

async function save(
  client: WeirClient,
  name: string,
  file: string | undefined,
  { stdin }: Terminal,
): Promise<FunnelVersionAnswer> {
  if (file === undefined)
    throw new UsageError(`Say in which file it is: weir funnels save ${name} ${name}.json.`)
  const where = file === '-' ? 'Standard input' : file
  const body = readBody(file === '-' ? await text(stdin) : await readNamed(file), where)
  try {
    return await client.saveFunnel(name, body)
  } catch (error) {
    const wrong = error instanceof WeirError ? (error.problem?.errors ?? []) : []
    if (wrong.length === 0) throw error
    const lines = wrong.map(({ path, message }) => `  ${path ? `${path}: ` : ''}${message}`)
    throw new UsageError([`${where} cannot be saved as ${name}:`, ...lines].join('\n'))
  }
}

async function readNamed(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw new UsageError(`There is no file ${file}.`)
    throw new UsageError(`${file} cannot be read: it is a folder, or not yours to read.`)
  }
}

/** Weir says what is wrong with it. What `show --json` printed holds the funnel inside. */
function readBody(json: string, where: string): FunnelBody {
  let body: { funnel?: FunnelBody } & FunnelBody
  try {
    body = JSON.parse(json)
  } catch (error) {
    // What follows the comma quotes the file.
    const [why] = String(error).split(', "')
    throw new UsageError(`${where} is no JSON: ${why?.replace('SyntaxError: ', '')}.`)
  }
  return body?.funnel ?? body
}
