/**
 * Cuts the properties of events, as JSON in bytes, into columns, as propertyValue() reads them.
 *
 * 1. A property's own value stands in its column, else the list of its items' ones.
 * 2. What an event is worth has a column too.
 * 3. That an event is a bot's, or cookieless, is said by its code; a column holds only what the code
 *    does not say (`false`, the text "true").
 *
 * Nothing is made of keys and values that were met before; only the few events with items are parsed.
 */
import { AMOUNT, amountOf, propertyValue } from '../properties.ts'
import type { Value } from '../value.ts'
import { ByteDictionary } from './byte-dictionary.ts'
import type { Extent } from './extent.ts'
import { endOf, isNested, isText, nextOf } from './json-bytes.ts'
import type { Settings } from './part.ts'
import { RowColumn } from './row-column.ts'

type Properties = Readonly<Record<string, unknown>>

export class RowColumns {
  readonly #columns = new Map<string, RowColumn>()
  readonly #keys = new ByteDictionary()
  /** By key. */
  readonly #columnOfKey: RowColumn[] = []
  /** By key: which one came after it last. */
  readonly #after: number[] = []
  /** No key has this text: stands before the first. */
  readonly #start = this.#keys.numberOf(Buffer.alloc(0), 0, 0)
  readonly #amount = this.#columnOf(AMOUNT)
  readonly #value = this.#columnOf('value')
  readonly #price = this.#columnOf('price')
  readonly #quantity = this.#columnOf('quantity')
  readonly #items = this.#columnOf('items')

  /**
   * Positions must ascend; what is at `begin` must be a JSON object without a key twice. Gives what hides the
   * event: the bits BOT and COOKIELESS.
   */
  add(position: number, bytes: Buffer, { begin, end }: Extent): number {
    let hidden = 0
    let isPriced = false
    let hasItems = false
    let key = this.#start
    for (let at = nextOf(bytes, begin + 1); isText(bytes, at); ) {
      key = this.#keyAt(bytes, at, key)
      const column = this.#columnOfKey[key]!
      const value = nextOf(bytes, at + this.#keys.lengthOf(key))
      const valueEnd = endOf(bytes, value)
      at = nextOf(bytes, valueEnd)
      if (column === this.#value || column === this.#price) isPriced = true
      if (isNested(bytes, value)) hasItems ||= column === this.#items
      else if (column.bit !== 0)
        hidden |= addSaid(column, position, JSON.parse(bytes.toString('utf8', value, valueEnd)))
      else if (column !== this.#amount) column.addJson(position, bytes, value, valueEnd)
    }
    if (hasItems) hidden |= this.#addItems(position, JSON.parse(bytes.toString('utf8', begin, end)))
    else if (isPriced) this.#addAmount(position)
    return hidden
  }

  /** What only the items have, and what they are worth. */
  #addItems(position: number, properties: Properties): number {
    let hidden = 0
    const { items } = properties
    const names = Array.isArray(items) ? items.flatMap((item) => Object.keys(Object(item))) : []
    for (const name of new Set<string>(names)) {
      const value = propertyValue(properties, name)
      if (Array.isArray(value) && name !== AMOUNT)
        hidden |= addSaid(this.#columnOf(name), position, value)
    }
    this.#amount.add(position, amountOf(properties))
    return hidden
  }

  #addAmount(position: number) {
    const value = this.#value.valueAt(position)
    const price = this.#price.valueAt(position)
    const quantity = this.#quantity.valueAt(position)
    this.#amount.add(position, amountOf({ value, price, quantity }))
  }

  /** The key that begins here. Mostly it is what came after `last` before: then its end is not looked for. */
  #keyAt(bytes: Buffer, begin: number, last: number): number {
    const guess = this.#after[last]
    if (guess !== undefined && this.#keys.isAt(guess, bytes, begin)) return guess
    const end = endOf(bytes, begin)
    const key = this.#keys.numberOf(bytes, begin, end)
    this.#columnOfKey[key] ??= this.#columnOf(JSON.parse(bytes.toString('utf8', begin, end)))
    this.#after[last] = key
    return key
  }

  #columnOf(name: string): RowColumn {
    let column = this.#columns.get(name)
    if (column === undefined) {
      column = new RowColumn(name)
      this.#columns.set(name, column)
    }
    return column
  }

  /** The columns that any event has. */
  finish(): Map<string, Settings> {
    const columns = new Map<string, Settings>()
    for (const [name, column] of this.#columns) {
      const settings = column.finish()
      if (settings.codes.length > 0) columns.set(name, settings)
    }
    return columns
  }
}

/** Gives the bit that hides the event, where a value is "true" as text; what the code says has no place in the column. */
function addSaid(column: RowColumn, position: number, value: Value): number {
  const bit = String(value) === 'true' ? column.bit : 0
  if (bit === 0 || value !== true) column.add(position, value)
  return bit
}
