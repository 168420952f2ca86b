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

/** What hides an event: a value that is "true" as text. */
const bitOf = (name: string, value: Value): number =>
  String(value) === 'true' ? (SAID_BY_CODE.get(name) ?? 0) : 0

export class RowColumns {
  readonly #builders = new Map<string, SettingsBuilder>()

  /** Positions must ascend. Gives what hides the event: the bits BOT and COOKIELESS. */
  add(position: number, properties: Properties): number {
    let hidden = 0
    let isPriced = false
    for (const name in properties) {
      const own = properties[name]
      if (name === 'items') hidden |= this.#addItems(position, properties, own)
      if (name === 'items' || name === 'value' || name === 'price') isPriced = true
      if (typeof own !== 'string' && typeof own !== 'number' && typeof own !== 'boolean') continue
      hidden |= this.#set(position, name, own)
    }
    if (isPriced) this.#settingsOf(AMOUNT).add(position, finite(amountOf(properties)))
    return hidden
  }

  /** What only the items have. */
  #addItems(position: number, properties: Properties, items: unknown): number {
    if (!Array.isArray(items)) return 0
    let hidden = 0
    const names = new Set<string>(items.flatMap((item) => Object.keys(Object(item))))
    for (const name of names) {
      const value = propertyValue(properties, name)
      if (Array.isArray(value)) hidden |= this.#set(position, name, value)
    }
    return hidden
  }

  #set(position: number, name: string, value: Value): number {
    if (name === AMOUNT) return 0
    const bit = name === 'bot' || name === 'cookieless' ? bitOf(name, value) : 0
    if (bit === 0 || value !== true) this.#settingsOf(name).add(position, finite(value))
    return bit
  }

  #settingsOf(name: string): SettingsBuilder {
    let builder = this.#builders.get(name)
    if (builder === undefined) {
      builder = new SettingsBuilder()
      this.#builders.set(name, builder)
    }
    return builder
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
