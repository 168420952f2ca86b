import { propertyValue } from './properties.ts'
import type { Column, Timelines } from './timeline.ts'
import type { Value } from './value.ts'

/** An event as a row. */
export interface Event {
  readonly visitor: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly name: string
  readonly properties: Readonly<Record<string, unknown>>
}

/** Builds timelines from rows in any order, with one column for each property asked for. */
export function gather(events: readonly Event[], properties: readonly string[]): Timelines {
  const byVisitor = new Map<string, Event[]>()
  for (const event of events) {
    const own = byVisitor.get(event.visitor)
    if (own) own.push(event)
    else byVisitor.set(event.visitor, [event])
  }
  const names = new Codes<string>()
  const wanted = ['bot', 'cookieless', ...properties]
  const columns = new Map(wanted.map((name) => [name, new ColumnOf(events.length)]))
  const at = new Float64Array(events.length)
  const codes = new Uint16Array(events.length)
  const ends = new Uint32Array(byVisitor.size)
  let position = 0
  let visitor = 0
  for (const own of byVisitor.values()) {
    for (const event of own.toSorted((a, b) => a.at - b.at)) {
      at[position] = event.at
      codes[position] = names.codeOf(event.name)
      for (const [name, column] of columns)
        column.set(position, propertyValue(event.properties, name))
      position++
    }
    ends[visitor++] = position
  }
  return { ends, at, codes, names: names.values, columns, visitorIds: [...byVisitor.keys()] }
}

/** Numbers distinct values in the order in which they come. */
class Codes<T> {
  readonly values: T[] = []
  readonly #codes = new Map<string, number>()

  codeOf(value: T): number {
    const key = JSON.stringify(value)
    const known = this.#codes.get(key)
    if (known !== undefined) return known
    this.values.push(value)
    this.#codes.set(key, this.values.length - 1)
    return this.values.length - 1
  }
}

class ColumnOf extends Codes<Value> implements Column {
  readonly codes: Uint32Array

  constructor(events: number) {
    super()
    this.codeOf(null)
    this.codes = new Uint32Array(events)
  }

  set(position: number, value: Value) {
    this.codes[position] = this.codeOf(value)
  }
}
