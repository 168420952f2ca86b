import { DERIVED_PROPERTIES, type StoredProperties } from '@weir/contract'
import { cleanText } from './clean-text.ts'
import { isRecord, type JsonRecord } from './record.ts'
import { Refused } from './refused.ts'

const MAX_PROPERTIES = 64
/** Not counted among them: an exported event comes back with what was derived of it. */
const DERIVED = new Set<string>([...DERIVED_PROPERTIES, 'bot', 'cookieless'])
const MAX_ITEMS = 200
const MAX_NAME = 200
const MAX_TEXT = 1_024
/** Sums of these stay exact to the cent, and far from infinity. */
const MAX_NUMBER = 1e15

export type FlatValue = string | number | boolean
export type Flat = Record<string, FlatValue>

/**
 * Properties as they are stored: flat, but for `items`. Null is unset and left out; longer text is cut,
 * and noted in `cut`. Looks no deeper than the second level, whatever comes.
 */
export function checkProperties(sent: unknown, cut: string[]): StoredProperties {
  if (sent === undefined || sent === null) return {}
  if (!isRecord(sent)) throw new Refused('properties_invalid', 'properties', 'must be an object')
  if (sent.items === undefined) return checkFlat(sent, 'properties', cut)
  const { items, ...own } = sent
  const flat = checkFlat(own, 'properties', cut)
  return items === null ? flat : { ...flat, items: checkItems(items, cut) }
}

function checkItems(items: unknown, cut: string[]): Flat[] {
  const field = 'properties.items'
  if (!Array.isArray(items)) throw new Refused('items_invalid', field, 'must be a list')
  if (items.length > MAX_ITEMS) {
    throw new Refused('items_invalid', field, `holds over ${MAX_ITEMS} products`)
  }
  return items.map((item: unknown, index) => {
    if (isRecord(item)) return checkFlat(item, `${field}.${index}`, cut)
    throw new Refused('items_invalid', `${field}.${index}`, 'must be an object')
  })
}

function checkFlat(sent: JsonRecord, field: string, cut: string[]): Flat {
  const names = Object.keys(sent)
  const count = names.length > MAX_PROPERTIES ? countOwn(names) : names.length
  if (count > MAX_PROPERTIES) {
    const message = `holds ${count} properties; the most is ${MAX_PROPERTIES}`
    throw new Refused('too_many_properties', field, message)
  }
  const flat: Flat = {}
  for (const sentName of names) {
    const name = cleanText(sentName)
    if (name === '' || name.length > MAX_NAME) {
      const message = `a name has 1 to ${MAX_NAME} characters`
      throw new Refused('property_name_invalid', pathOf(field, name), message)
    }
    const value = sent[sentName]
    if (value !== null && value !== undefined) flat[name] = checkValue(value, field, name, cut)
  }
  // `eur` and `EUR` are one currency.
  if (typeof flat.currency === 'string' && /^[a-z]{3}$/i.test(flat.currency)) {
    flat.currency = flat.currency.toUpperCase()
  }
  return flat
}

const countOwn = (names: readonly string[]): number =>
  names.filter((name) => !DERIVED.has(name)).length

function checkValue(value: unknown, field: string, name: string, cut: string[]): FlatValue {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') {
    const text = cleanText(value)
    if (text.length <= MAX_TEXT) return text
    cut.push(pathOf(field, name))
    return cleanText(text.slice(0, MAX_TEXT))
  }
  if (typeof value === 'number') {
    if (Math.abs(value) <= MAX_NUMBER) return value
    const message = 'must lie between -1e15 and 1e15'
    throw new Refused('number_out_of_range', pathOf(field, name), message)
  }
  const message = 'must be text, a number, true, false or null'
  throw new Refused('property_not_flat', pathOf(field, name), message)
}

const pathOf = (field: string, name: string): string => `${field}.${name.slice(0, 40)}`
