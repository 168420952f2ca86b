import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs } from '../../test/runs.ts'
import { AMOUNT, isSaid, propertyValue } from '../properties.ts'
import { BOT, COOKIELESS } from '../timeline.ts'
import { RowColumns } from './row-columns.ts'

/** JSON as anybody may write it, not only as Postgres does. */
const space = fc.constantFrom('', '', ' ', '\n\t')

const character = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).map(escaped),
  fc.constantFrom('\\"', '\\\\', '\\/', '\\u00e9', '\\ud83d\\uDED2', '\\ud800', '{', ']', ',', ':'),
)
const text = fc.array(character, { maxLength: 4 }).map((characters) => `"${characters.join('')}"`)

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((double) => JSON.stringify(double)),
  fc.constantFrom(
    '0',
    '-0',
    '1',
    '1.0',
    '1.00',
    '10e-1',
    '1E+2',
    '-0.5',
    '1e999',
    '9007199254740993',
  ),
)
const scalar = fc.oneof(text, number, fc.constantFrom('true', 'false', 'null', '"true"', '"12.50"'))

const key = fc.oneof(
  text,
  fc.constantFrom('"p"', '"\\u0070"', '"bot"', '"cookieless"', '"__proto__"', '"$amount"', '""'),
  fc.constantFrom('"value"', '"price"', '"quantity"', '"it\\u0065ms"', '"toString"'),
)

const objectOf = (value: fc.Arbitrary<string>) =>
  fc
    .tuple(space, fc.uniqueArray(fc.tuple(key, space, value, space), { maxLength: 6, selector }))
    .map(([start, members]) => {
      const written = members.map(
        (parts) => `${parts[0]}${parts[1]}:${parts[1]}${parts[2]}${parts[3]}`,
      )
      return `{${start}${written.join(`,${start}`)}}`
    })
const selector = ([name]: [string, ...unknown[]]): string => JSON.parse(name)

const listOf = (value: fc.Arbitrary<string>) =>
  fc
    .tuple(space, fc.array(value, { maxLength: 3 }))
    .map(([s, list]) => `[${s}${list.join(`${s},`)}]`)

const nested = fc.oneof(objectOf(scalar), listOf(fc.oneof(scalar, objectOf(scalar))))
const items = fc.oneof(listOf(objectOf(fc.oneof(scalar, nested))), nested)

/** A third of them with items. */
const event = fc
  .tuple(objectOf(fc.oneof(scalar, scalar, nested)), fc.option(items, { freq: 2 }))
  .filter(([own, list]) => list === null || !('items' in JSON.parse(own)))
  .map(([own, list]) => {
    if (list === null) return own
    const separator = Object.keys(JSON.parse(own)).length > 0 ? ',' : ''
    return `${own.slice(0, -1)}${separator}"items":${list}}`
  })

function escaped(plain: string): string {
  return JSON.stringify(plain).slice(1, -1)
}

test('what is read from bytes is what JSON.parse gives', () => {
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 5 }), (rows) => {
      const columns = new RowColumns()
      // Whatever stands before and after is of other events.
      const texts = rows.map((row) => Buffer.from(`,"x":${row},"y"`))
      const hidden = texts.map((bytes, position) =>
        columns.add(position, bytes, { begin: 5, end: bytes.length - 4 }),
      )
      const all = rows.map((row): Record<string, unknown> => JSON.parse(row))
      expect(hidden).toEqual(all.map(hiddenOf))
      const read = columns.finish()
      const names = new Set([...read.keys(), ...all.flatMap(namesOf), AMOUNT])
      for (const name of names) {
        const settings = read.get(name)
        const values = all.map(() => null as unknown)
        settings?.positions.forEach((position, i) => {
          values[position] = settings.values[settings.codes[i] ?? 0]
        })
        const expected = all.map((event) => expectedOf(event, name))
        expect([name, plain(values)]).toEqual([name, plain(expected)])
        const distinct = settings?.values ?? []
        expect(new Set(distinct.map(plain)).size).toBe(distinct.length)
      }
    }),
    runs(0.6),
  )
})

const namesOf = ({ items, ...own }: Record<string, unknown>): string[] => [
  ...Object.keys(own),
  ...(Array.isArray(items) ? items.flatMap((item) => Object.keys(Object(item))) : []),
]

const hiddenOf = (event: Record<string, unknown>): number =>
  (isSaid(event, 'bot') ? BOT : 0) | (isSaid(event, 'cookieless') ? COOKIELESS : 0)

/** 1e999 is unset, and what the code says is in no column. */
function expectedOf(event: Record<string, unknown>, name: string): unknown {
  const value = propertyValue(event, name)
  if (value === true && (name === 'bot' || name === 'cookieless')) return null
  if (!Array.isArray(value)) return isInfinite(value) ? null : value
  const list = value.filter((one) => !isInfinite(one))
  return list.length > 0 ? list : null
}

const isInfinite = (value: unknown): boolean => typeof value === 'number' && !Number.isFinite(value)

/** As text, in which -0 is 0, and a number that is not finite is said. */
const plain = (value: unknown): string =>
  JSON.stringify(value, (_, one) => (isInfinite(one) ? 'infinite' : one))
