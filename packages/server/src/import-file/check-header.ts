import type { Columns } from './record.ts'

/** What others call the columns that an event needs, likeliest first; read without case and signs. */
const USUAL = {
  name: ['event', 'eventname', 'eventtype', 'action', 'type'],
  visitor_id: [
    ...['visitor', 'visitorid', 'anonymousid', 'userpseudoid', 'clientid'],
    ...['user', 'userid', 'customerid', 'session', 'sessionid'],
  ],
  at: [
    ...['timestamp', 'time', 'ts', 'eventtime', 'eventtimestamp', 'datetime'],
    ...['date', 'createdat', 'invoicedate'],
  ],
} as const

type Needed = keyof typeof USUAL

/** Throws, with the mapping it takes for likely, where a table's columns make no events. */
export function checkHeader(header: readonly string[], columns: Columns): void {
  const { map = {}, event } = columns
  const lost = Object.entries(map).filter(([, column]) => !header.includes(column))
  if (lost.length > 0) {
    const [name, column] = lost[0] ?? []
    throw new Error(`--map says ${name}=${column}, and no column is called that. ${listed(header)}`)
  }
  const has = (own: string) => header.includes(map[own] ?? own)
  const missing: Needed[] = []
  if (event === undefined && !has('name')) missing.push('name')
  // A purchase with an order id confirms an order; an id may hold the time.
  if (!has('visitor_id') && !has('order_id')) missing.push('visitor_id')
  if (!has('at') && !has('id')) missing.push('at')
  if (missing.length === 0) return
  throw new Error(
    `no column says ${missing.join(', ')}. ${listed(header)}; --map says which is which, like ` +
      `--map ${missing.map((own) => `${own}=${likely(own, header)}`).join(',')}` +
      (missing.includes('name') ? '; --event view, where every row is one' : '') +
      '; --columns names those of a file without a header',
  )
}

const listed = (header: readonly string[]) => `Its columns are ${header.slice(0, 30).join(', ')}`

function likely(own: Needed, header: readonly string[]): string {
  const plain = header.map((column) => column.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))
  const found = USUAL[own].map((usual) => plain.indexOf(usual)).find((place) => place >= 0)
  return header[found ?? -1] ?? 'COLUMN'
}
