import type { Event } from '../gather.ts'
import type { Timelines } from '../timeline.ts'
import type { EventName } from './event-name.ts'
import { type CodeOf, Loom } from './loom.ts'
import { openPart } from './open-part.ts'
import type { Part } from './part.ts'

/** For tests: a site's names, numbered in the order in which they come. */
export function nameBook(): { names: EventName[]; codeOf: CodeOf } {
  const names: EventName[] = []
  const codeOf: CodeOf = (name, bot, cookieless) => {
    const same = (known: EventName) =>
      known.name === name && known.bot === bot && known.cookieless === cookieless
    const code = names.findIndex(same)
    return code >= 0 ? code : names.push({ name, bot, cookieless }) - 1
  }
  return { names, codeOf }
}

/** For tests: weaves events of any days, in any order, into parts. */
export function weaveParts(events: readonly Event[], codeOf: CodeOf, slots?: number): Part[] {
  const loom = new Loom()
  for (const { visitor, at, name, properties } of events) {
    const texts = [visitor, name, JSON.stringify(properties)].map((text) => Buffer.from(text))
    const [visitorBytes = 0, nameBytes = 0] = texts.map(({ length }) => length)
    const nameEnd = visitorBytes + nameBytes
    const bytes = Buffer.concat(texts)
    loom.add(
      bytes,
      { begin: 0, end: visitorBytes },
      at,
      { begin: visitorBytes, end: nameEnd },
      { begin: nameEnd, end: bytes.length },
    )
  }
  return loom.weave(codeOf, slots === undefined ? {} : { slots })
}

export const openAll = (parts: readonly Part[]) => parts.map(openPart)

/** For tests: rows woven and opened, with the names of their codes. */
export function wovenOf(events: readonly Event[], slots?: number) {
  const { names, codeOf } = nameBook()
  const parts = weaveParts(events, codeOf, slots)
  return { names, codeOf, parts, open: openAll(parts) }
}

/** For tests: what timelines say, whatever the sequence of visitors, of equal times, and of values. */
export function historiesOf(source: Timelines, properties: readonly string[]) {
  const { ends, at, codes, names, columns, visitorIds } = source
  const visitors = Array.from(ends, (end, visitor) => {
    const begin = ends[visitor - 1] ?? 0
    const events = Array.from({ length: end - begin }, (_, index) => {
      const event = begin + index
      const values = properties.map((property) => {
        const column = columns.get(property)
        return column?.values[column.codes[event] ?? 0] ?? null
      })
      return { at: at[event] ?? 0, said: JSON.stringify([names[codes[event] ?? 0], ...values]) }
    })
    const isOrdered = events.every(({ at }, index) => index === 0 || at >= events[index - 1]!.at)
    events.sort((a, b) => a.at - b.at || (a.said < b.said ? -1 : 1))
    return { id: visitorIds?.at(visitor), isOrdered, events }
  })
  return visitors.sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1))
}
