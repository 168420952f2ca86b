/**
 * Cuts the properties of events into columns, as propertyValue() reads them.
 *
 * 1. A property's own value stands in its column, else the list of its items' ones.
 * 2. What an event is worth has a column too.
 * 3. That an event is a bot's, or cookieless, is said by its code; a column holds only what the code
 *    does not say (`false`, the text "true").
 */
import { AMOUNT, amountOf, propertyValue } from '../properties.ts'
import type { Value } from '../value.ts'
import { SAID_BY_CODE } from './event-name.ts'
import type { Settings } from './part.ts'
import { SettingsBuilder } from './settings-builder.ts'

type Properties = Readonly<Record<string, unknown>>

/** Values come from JSON, which has no NaN and no infinity: those are unset. */
function finite(value: Value): Value {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (value === null || typeof value !== 'object') return value
  const list = value.filter((one) => typeof one !== 'number' || Number.isFinite(one))
  return list.length > 0 ? list : null
}

/** Whether the question's rule hides an event that has this: as text it is "true". */
export const isSaid = (properties: Properties, name: string): boolean =>
  (properties[name] !== undefined || properties.items !== undefined) &&
  String(propertyValue(properties, name)) === 'true'

export class RowColumns {
  readonly #builders = new Map<string, SettingsBuilder>()

  /** Positions must ascend. */
  add(position: number, properties: Properties) {
    let isPriced = false
    for (const name in properties) {
      const own = properties[name]
      if (name === 'items') this.#addItems(position, properties, own)
      if (name === 'items' || name === 'value' || name === 'price') isPriced = true
      if (name === AMOUNT) continue
      if (typeof own !== 'string' && typeof own !== 'number' && typeof own !== 'boolean') continue
      if (own !== true || !SAID_BY_CODE.has(name)) this.#set(position, name, own)
    }
    if (isPriced) this.#set(position, AMOUNT, amountOf(properties))
  }

  /** What only the items have. */
  #addItems(position: number, properties: Properties, items: unknown) {
    if (!Array.isArray(items)) return
    const names = new Set<string>(items.flatMap((item) => Object.keys(Object(item))))
    for (const name of names) {
      const value = propertyValue(properties, name)
      if (Array.isArray(value) && name !== AMOUNT) this.#set(position, name, value)
    }
  }

  #set(position: number, name: string, value: Value) {
    let builder = this.#builders.get(name)
    if (builder === undefined) {
      builder = new SettingsBuilder()
      this.#builders.set(name, builder)
    }
    builder.add(position, finite(value))
  }

  /** The columns that any event has. */
  finish(): Map<string, Settings> {
    const columns = new Map<string, Settings>()
    for (const [name, builder] of this.#builders) {
      const settings = builder.finish()
      if (settings.codes.length > 0) columns.set(name, settings)
    }
    return columns
  }
}
