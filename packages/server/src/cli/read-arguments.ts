import { type ParseArgsConfig, parseArgs } from 'node:util'
import { closest } from '../text/closest.ts'
import { UsageError } from './mistakes.ts'

/** What every command takes that asks a running Weir. */
export const ASKING = {
  url: { type: 'string' },
  key: { type: 'string' },
  site: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

/** Reads what stands behind a command. Throws a UsageError that names what it does not know. */
export function readArguments<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: Options,
  most = 0,
) {
  const read = parsed(args, options)
  const [extra] = read.positionals.slice(most)
  if (extra !== undefined) throw new UsageError(`\`${extra}\` is one word too many.`)
  return read
}

function parsed<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: Options,
) {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    throw new UsageError(sentenceOf(error, args, Object.keys(options)))
  }
}

/** Node's sentences advise what nobody asked for. */
function sentenceOf(error: unknown, args: readonly string[], known: readonly string[]): string {
  const message = error instanceof Error ? error.message : String(error)
  const [, unknown] = /^Unknown option '-*([^' ]+)/.exec(message) ?? []
  if (unknown !== undefined) {
    const meant = closest(unknown, known)
    const given = args.find((arg) => arg.replace(/^-+/, '').startsWith(unknown)) ?? unknown
    return `There is no option ${given.split('=')[0]}.${meant ? ` Did you mean --${meant}?` : ''}`
  }
  const [, lonely] = /^Option '(?:-\w, )?(--[^ ']+)/.exec(message) ?? []
  if (lonely === undefined) return message
  return /does not take/.test(message)
    ? `${lonely} takes no value.`
    : `${lonely} needs a value behind it.`
}
