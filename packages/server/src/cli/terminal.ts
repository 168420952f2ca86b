import { styleText } from 'node:util'
import { type Caller, type Config, processConfig } from '../config.ts'

/** Where a command speaks. */
export interface Terminal {
  /** Whom it asks, and how it may print. */
  readonly caller: Caller
  /** The settings of this machine's own Weir. Throws an Error that names every bad one. */
  config(): Config
  /** What was asked for: a line or several. */
  print(text: string): void
  /** What a person should know besides: it never gets into a pipe. */
  note(text: string): void
  readonly stdin: NodeJS.ReadableStream
  /** What was asked for, as bytes that may be many. */
  readonly stream: NodeJS.WritableStream
  /** How wide a line may be. */
  readonly width: number
  /** Whether shares are drawn too. */
  readonly bars: boolean
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly good: (text: string) => string
  readonly warn: (text: string) => string
  readonly bad: (text: string) => string
}

const WIDTH = 80
const NARROW_SPACE = /\u202f/g

export function openTerminal(caller: Caller): Terminal {
  const { stdout, stderr } = process
  // Whoever reads a pipe may have read enough.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })
  const inColour = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    stdout.isTTY && caller.colours ? styleText(format, text) : text
  return {
    caller,
    config: processConfig,
    print: (text) => stdout.write(`${text.replace(NARROW_SPACE, ' ')}\n`),
    note: (text) => stderr.write(`${text.replace(NARROW_SPACE, ' ')}\n`),
    stdin: process.stdin,
    stream: stdout,
    width: Math.min(stdout.columns || WIDTH, 120),
    bars: stdout.isTTY && caller.unicode,
    bold: inColour('bold'),
    dim: inColour('dim'),
    good: inColour('green'),
    warn: inColour('yellow'),
    bad: inColour('red'),
  }
}
