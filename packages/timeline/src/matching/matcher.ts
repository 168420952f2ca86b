/**
 * Says of each event which stages it matches, without looking at a value twice.
 *
 * 1. Every name gets the bits of what it may be: stages, exclusions, seen.
 * 2. For every property that is asked about, every value of its dictionary gets the bits that it
 *    allows: a filter that does not hold takes its stage's bit away, one of the question all of them.
 * 3. The bits of an event are the `and` of its name's and its values'. Properties that allow the same whatever the
 *    value (nobody is a bot) are joined to the names, and cost nothing.
 */

import {
  BOT,
  COOKIELESS as HIDES_COOKIELESS,
  type Timelines,
  type ValueCodes,
} from '../timeline.ts'
import type { Value } from '../value.ts'
import { COOKIELESS, FIRST_EXCLUSION, PRESENT, SEEN, STRICT } from './bits.ts'
import { type Funnel, filtersOf, type Selector } from './funnel.ts'
import { type Hold, holdOf } from './hold.ts'
import { holds } from './holds.ts'
import { type Plan, planOf } from './plan.ts'

/** A funnel compiled against one source. */
export interface Matcher {
  readonly plan: Plan
  readonly source: Timelines
  readonly at: Float64Array
  readonly names: Uint16Array
  /** The bits of every name. */
  readonly nameMasks: Int32Array
  /** The bits of every event; null where its name says all: a pass over all events less. */
  readonly masks: Int32Array | null
  /** Whether any event of the source may be cookieless. */
  readonly cookieless: boolean
  /** Null where no event has the property that must be held. */
  readonly hold: Hold | null
}

/** Room for the bits of events, used again for the next source. */
export interface MaskRoom {
  masks: Int32Array
}

/** A property whose values say different things. */
interface Masked {
  readonly codes: ValueCodes
  readonly masks: Int32Array
}

const HIDDEN = { bot: BOT, cookieless: HIDES_COOKIELESS } as const

const isHidden = (property: string): property is keyof typeof HIDDEN => property in HIDDEN

/** Compiles a funnel against one source; the bits stand in `room` until it is used again. */
export function matcherOf(
  funnel: Funnel,
  source: Timelines,
  plan = planOf(funnel),
  room: MaskRoom = { masks: new Int32Array(0) },
): Matcher {
  const nameMasks = Int32Array.from(source.names, (name) => maskOfName(funnel, name))
  const masked: Masked[] = []
  const properties = new Set(['bot', 'cookieless', ...filtersOf(funnel).map((f) => f.property)])
  for (const property of properties) {
    const column = source.columns.get(property)
    if (!column && source.hidden && isHidden(property)) {
      const bit = HIDDEN[property]
      for (let code = 0; code < nameMasks.length; code++) {
        const value = (source.hidden[code]! & bit) === 0 ? null : true
        nameMasks[code]! &= maskOfValue(funnel, property, value)
      }
      continue
    }
    const values = column?.values ?? [null]
    const masks = Int32Array.from(values, (value) => maskOfValue(funnel, property, value))
    const first = masks[0] ?? 0
    if (column && masks.some((mask) => mask !== first)) masked.push({ codes: column.codes, masks })
    else for (let code = 0; code < nameMasks.length; code++) nameMasks[code]! &= first
  }
  const masks = masked.length === 0 ? null : masksOf(source, nameMasks, masked, room)
  const cookieless = nameMasks.some((mask) => (mask & COOKIELESS) !== 0)
  const hold = funnel.hold === null ? null : holdOf(funnel.hold, source)
  const { at, codes: names } = source
  return { plan, source, at, names, nameMasks, masks, cookieless, hold }
}

const NOTHING: Masked = { codes: new Uint16Array(0), masks: new Int32Array(0) }

function masksOf(
  { codes: names }: Timelines,
  nameMasks: Int32Array,
  masked: readonly Masked[],
  room: MaskRoom,
): Int32Array {
  if (room.masks.length < names.length) room.masks = new Int32Array(Math.ceil(names.length * 1.25))
  const { masks } = room
  const [{ codes: firstCodes, masks: ofFirst } = NOTHING, ...others] = masked
  for (let i = 0; i < names.length; i++) masks[i] = nameMasks[names[i]!]! & ofFirst[firstCodes[i]!]!
  for (const { codes, masks: ofValue } of others)
    for (let i = 0; i < codes.length; i++) masks[i]! &= ofValue[codes[i]!]!
  return masks
}

/** The bits of one event. */
export const maskOf = ({ masks, nameMasks, names }: Matcher, event: number): number =>
  masks === null ? nameMasks[names[event]!]! : masks[event]!

const isNamed = ({ events }: Selector, name: string) =>
  events.includes('*') || events.includes(name)

function maskOfName(funnel: Funnel, name: string): number {
  let mask = PRESENT | SEEN | COOKIELESS
  if (funnel.order === 'strict') mask |= STRICT
  for (const [stage, selector] of funnel.stages.entries())
    if (isNamed(selector, name)) mask |= 1 << stage
  for (const [index, selector] of funnel.exclusions.entries())
    if (isNamed(selector, name)) mask |= 1 << (FIRST_EXCLUSION + index)
  return mask
}

function maskOfValue(funnel: Funnel, property: string, value: Value): number {
  const isTrue = String(value) === 'true'
  if (property === 'bot' && isTrue && !funnel.bots) return 0
  const passes = ({ filters }: Pick<Selector, 'filters'>) =>
    filters.every((filter) => filter.property !== property || holds(filter, value))
  let mask = -1
  if (property === 'cookieless' && !isTrue) mask &= ~COOKIELESS
  if (property === 'cookieless' && isTrue && !funnel.cookieless) mask &= COOKIELESS
  if (!passes(funnel)) mask &= PRESENT
  for (const [stage, selector] of funnel.stages.entries())
    if (!passes(selector)) mask &= ~(1 << stage)
  for (const [index, selector] of funnel.exclusions.entries())
    if (!passes(selector)) mask &= ~(1 << (FIRST_EXCLUSION + index))
  return mask
}
