/** `npm run import -- FILE --key sk_…`: sends a file of events to a running Weir. */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Presets, SingleBar } from 'cli-progress'
import { FORMATS, type Format } from './formats.ts'
import { importFile } from './import-file.ts'

const USAGE = `npm run import -- FILE --key sk_… [--url http://127.0.0.1:8787] [--format ndjson] [--map visitor_id=user,at=time]

  --format  ndjson   an event a line, as POST /v1/events takes them
            csv      a header; columns id, name, at, visitor_id, stream, seq; all others are properties
            ga4      rows of the BigQuery export of GA4, as JSON lines
            segment  Segment calls, as JSON lines; track and page are events
  --map     for csv: which column is what, name=column

The same file again changes nothing. An import that was ended goes on when it is run again.`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8787' },
    key: { type: 'string', default: '' },
    format: { type: 'string', default: 'ndjson' },
    map: { type: 'string', default: '' },
  },
})
const [file = ''] = positionals
const columns = Object.fromEntries(
  values.map
    .split(',')
    .filter(Boolean)
    .map((pair): [string, string] => {
      const [name = '', ...column] = pair.split('=')
      return [name.trim(), column.join('=').trim()]
    }),
)
const isFormat = (text: string): text is Format => Object.hasOwn(FORMATS, text)

if (!existsSync(file) || !values.key.startsWith('sk_') || !isFormat(values.format)) {
  const missing = file && !existsSync(file) ? `There is no file ${file}.\n\n` : ''
  console.error(missing + USAGE)
  process.exit(1)
}
const bar = new SingleBar(
  {
    format: '  Importing  {bar}  {percentage} %, {duration_formatted}',
    barsize: 30,
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: 5_000,
  },
  Presets.shades_classic,
)
bar.start(1, 0)
const { format } = values
const { key, url } = values
try {
  const summary = await importFile({
    ...{ file, format, columns, key, url },
    onProgress: (read, all) => bar.update(all === 0 ? 1 : read / all),
  })
  bar.update(1)
  bar.stop()
  console.log(`\n${summary.text()}`)
} catch (error) {
  bar.stop()
  const reason = error instanceof Error ? error.message : String(error)
  console.error(`\n  The import did not end. ${reason}\n  Run the same again to go on.`)
  process.exitCode = 1
}
