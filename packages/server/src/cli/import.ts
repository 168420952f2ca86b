import { existsSync } from 'node:fs'
import { WeirError } from '@weir/client'
import { count } from '@weir/client/text'
import { FORMATS, type Format } from '../import-file/formats.ts'
import { type ImportOptions, importFile } from '../import-file/import-file.ts'
import { DATE_ORDERS } from '../import-file/local-date.ts'
import { UnreadableFile } from '../import-file/open-source.ts'
import type { Summary } from '../import-file/summary.ts'
import { isTimeZone } from '../sites/is-time-zone.ts'
import { columnsOf, TABLE } from './columns-of.ts'
import type { Command } from './command.ts'
import { connect } from './connect.ts'
import { showBar } from './import-bar.ts'
import { RefusedInPart, UsageError } from './mistakes.ts'
import { ASKING, readArguments } from './read-arguments.ts'
import type { Terminal } from './terminal.ts'

const HELP = `weir import FILE|- --key sk_… [--format ndjson] [--map visitor_id=user,at=time]

  --format  ndjson   an event a line, as POST /v1/events takes them
            csv      a header; columns id, name, at, visitor_id, stream, seq;
                     all others are properties; for .csv and .tsv if not said
            ga4      rows of the BigQuery export of GA4, as JSON lines
            segment  Segment calls, as JSON lines; track and page are events
  --map     for csv: which column is what, name=column
  --columns for csv without a header: visitor_id,at,product_id; an empty one is
            left out
  --event   for csv: what every row is that names no event
  --rename  for csv: what its events are here: cart=add_to_cart,order=purchase
  --zone    for csv: where times without an offset were told, like UTC or
            Europe/Berlin
  --dates   for csv: which number of 12/1/2010 is the month, the first or the
            second: mdy or dmy
  --json    what became of the file, as JSON

FILE may be compressed by gzip; - is standard input. The same file again changes
nothing. An import that was cut off goes on when it is run again. The exit code
is 3 where something was refused, and everything else was stored.`

const OPTIONS = {
  ...ASKING,
  format: { type: 'string' },
  ...TABLE,
  zone: { type: 'string' },
  dates: { type: 'string' },
} as const

export const importCommand: Command = {
  summary: 'bring events from a file',
  help: HELP,
  async run(args, { print, note, caller, stdin }) {
    const { values, positionals } = readArguments(args, OPTIONS, 1)
    const { zone } = values
    const [file] = positionals
    if (file === undefined) throw new UsageError('Say which file: weir import events.ndjson.')
    if (file !== '-' && !existsSync(file)) throw new UsageError(`There is no file ${file}.`)
    const format = values.format ?? (/\.[ct]sv(\.gz)?$/i.test(file) ? 'csv' : 'ndjson')
    if (!isFormat(format)) {
      throw new UsageError(`--format ${format} is none of ${Object.keys(FORMATS).join(', ')}.`)
    }
    if (zone !== undefined && !isTimeZone(zone)) {
      throw new UsageError(
        `--zone ${zone} is no time zone; it takes one like Europe/Berlin, or UTC.`,
      )
    }
    const dates = DATE_ORDERS.find((own) => own === values.dates)
    if (dates !== values.dates) {
      throw new UsageError(`--dates ${values.dates} is none of ${DATE_ORDERS.join(', ')}.`)
    }
    const { url, key } = connect('secret', values, caller)
    const columns = columnsOf(values)
    const summary = await withBar(
      {
        ...{ file: file === '-' ? stdin : file, format, columns, zone, dates },
        ...{ url, key, site: values.site },
      },
      note,
    )
    print(values.json ? JSON.stringify(told(summary)) : summary.text())
    const refused = summary.countRefused()
    if (refused > 0) {
      throw new RefusedInPart(`${count(refused)} refused; everything else of the file is stored.`)
    }
  },
}

const told = ({ skipped, accepted, duplicates, refused }: Summary) => ({
  ...{ skipped, accepted, duplicates },
  refused: Object.fromEntries(refused),
})

const isFormat = (text: string): text is Format => Object.hasOwn(FORMATS, text)

async function withBar(
  options: Omit<ImportOptions, 'onProgress'>,
  note: Terminal['note'],
): Promise<Summary> {
  const bar = showBar()
  const stop = () => {
    bar.stop()
    note('The import was stopped. Run the same again to go on.')
    process.exit(130)
  }
  process.once('SIGINT', stop)
  try {
    return await importFile({ ...options, onProgress: bar.update })
  } catch (error) {
    if (error instanceof UnreadableFile || error instanceof WeirError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`The import did not end. ${reason} Run the same again to go on.`)
  } finally {
    process.off('SIGINT', stop)
    bar.stop()
  }
}
