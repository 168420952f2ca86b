import { type core, z } from 'zod'
import { closest } from './closest.ts'

/** What is wrong with a value, in words that a person can act on; zod's own speak of types and inputs. */
export function plainWords(issue: core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'is required'
  if (takesOne(issue) && Array.isArray(issue.input)) return 'takes one value, not several'
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kindOf(issue.expected)}`
    case 'invalid_value':
      return issue.values.length === 1
        ? `must be ${String(issue.values[0])}`
        : `must be one of ${issue.values.join(', ')}`
    case 'too_small':
      return `must ${boundOf(issue.origin, 'at least', Number(issue.minimum))}`
    case 'too_big':
      return `must ${boundOf(issue.origin, 'at most', Number(issue.maximum))}`
    case 'invalid_format':
      return 'has another form than this field takes'
    case 'not_multiple_of':
      return 'must be a whole number'
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownField(key, issue.inst)).join('\n')
    case 'invalid_union':
      return issue.input === undefined ? 'is required' : 'is of a type that is not taken here'
    default:
      return undefined
  }
}

/** In an address a parameter that is given twice is a list. */
const takesOne = (issue: core.$ZodRawIssue): boolean =>
  issue.code === 'invalid_value' ||
  (issue.code === 'invalid_type' && ['string', 'number', 'int', 'boolean'].includes(issue.expected))

/** A line for each key: `problems.ts` tells them apart. */
function unknownField(key: string, object: unknown): string {
  const known = object instanceof z.ZodObject ? Object.keys(object.shape) : []
  const meant = closest(key, known)
  return `there is no such field${meant === undefined ? '' : `; did you mean \`${meant}\`?`}`
}

const KINDS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}

const kindOf = (expected: string): string => KINDS[expected] ?? expected

const count = (amount: number, noun: string): string =>
  `${amount} ${noun}${amount === 1 ? '' : 's'}`

function boundOf(origin: string, bound: string, amount: number): string {
  if (origin === 'string') return `have ${bound} ${count(amount, 'character')}`
  if (origin === 'array' || origin === 'set')
    return `have ${bound} ${count(amount, 'entry').replace('entrys', 'entries')}`
  return `be ${bound} ${amount}`
}
