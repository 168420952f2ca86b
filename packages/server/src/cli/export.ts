import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { addressOf } from '@weir/client'
import { count } from '@weir/client/text'
import { errorCode } from '../error-code.ts'
import type { Command } from './command.ts'
import { connect } from './connect.ts'
import { UsageError } from './mistakes.ts'
import { ASKING, readArguments } from './read-arguments.ts'

const HELP = `weir export --key sk_… [--from DATE] [--to DATE] [--out FILE]
            [--format ndjson|csv]

All events, or those from one time up to, not including, another. NDJSON can be
imported again as it is; CSV is for spreadsheets.

  --out   a file, which appears when it is whole; else standard output
  --json  the same as --format ndjson

weir export --key sk_demo | gzip > events.ndjson.gz`

const OPTIONS = {
  ...ASKING,
  from: { type: 'string' },
  to: { type: 'string' },
  format: { type: 'string' },
  out: { type: 'string' },
} as const

export const exportCommand: Command = {
  summary: 'get the events back, as a stream or a file',
  help: HELP,
  async run(args, terminal) {
    const { values } = readArguments(args, OPTIONS)
    const { from, to, format, out, json, site } = values
    if (json && format === 'csv')
      throw new UsageError('--json and --format csv are two ways; take one.')
    const { client } = connect('secret', values, terminal.caller)
    const events = await client.getStream(addressOf('/v1/export', { from, to, format, site }))
    let bytes = 0
    const source = Readable.fromWeb(events).on('data', (chunk: Uint8Array) => {
      bytes += chunk.length
    })
    if (out === undefined) await toStandardOutput(source, terminal.stream)
    else await toFile(source, out)
    terminal.note(`  ${count(bytes)} bytes${out === undefined ? '' : ` in ${out}`}.`)
  },
}

const CUT = 'The connection broke in the middle: what was written is not whole. Run it again.'

async function toStandardOutput(source: Readable, stream: NodeJS.WritableStream): Promise<void> {
  await pipeline(source, stream, { end: false }).catch((error: unknown) => {
    throw new Error(CUT, { cause: error })
  })
}

async function toFile(source: Readable, file: string): Promise<void> {
  const half = `${file}.half`
  try {
    await pipeline(source, createWriteStream(half))
    await rename(half, file)
  } catch (error) {
    await rm(half, { force: true })
    throw new Error(`${file} was not written: ${reasonOf(error)}.`, { cause: error })
  }
}

function reasonOf(error: unknown): string {
  switch (errorCode(error)) {
    case 'ENOENT':
      return 'its folder is not there'
    case 'EACCES':
    case 'EPERM':
      return 'you may not write there'
    case 'ENOSPC':
      return 'the disk is full'
    default:
      return error instanceof Error ? error.message : String(error)
  }
}
