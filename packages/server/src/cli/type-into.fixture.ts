import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { readConfig } from '../config.ts'
import { runWeir } from './run-weir.ts'
import type { Terminal } from './terminal.ts'

export interface Around {
  url?: string
  key?: string | null
  bars?: boolean
  /** What is piped into it. */
  piped?: string
  /** The environment of local commands. */
  settings?: Record<string, string>
}

const plain = (words: string) => words

/** Types a line behind `weir` into a terminal of 80 columns without colours. */
export async function typeInto(
  weir: { url: string; database_url: string },
  line: string | string[],
  { url = weir.url, key = 'rk_demo', bars = true, piped = '', settings }: Around = {},
) {
  const stream = new PassThrough()
  const streamed = text(stream)
  let printed = ''
  let noted = ''
  const terminal: Terminal = {
    caller: { url, key, colours: false, unicode: true },
    config: () => readConfig(settings ?? { DATABASE_URL: weir.database_url }),
    print: (words) => {
      printed += `${words}\n`
    },
    note: (words) => {
      noted += `${words}\n`
    },
    stdin: Readable.from([piped]),
    stream,
    width: 80,
    bars,
    bold: plain,
    dim: plain,
    good: plain,
    warn: plain,
    bad: plain,
  }
  const code = await runWeir(typeof line === 'string' ? line.split(' ') : line, terminal)
  stream.end()
  return { code, printed: printed.replace(/\u202f/g, ' '), noted, streamed: await streamed }
}
