import { expect, it } from 'vitest'
import { clearMatching, emptyMatching, place } from './matching.ts'

const A = 1
const B = 2
const C = 4

it.each([
  { name: 'an event moves to let another in', masks: [A | B, B, A], want: [true, true, false] },
  { name: 'a path of three', masks: [A | B, B | C, B, A | C], want: [true, true, true, false] },
  { name: 'what is placed stays placed', masks: [B, A | B, A | B], want: [true, true, false] },
  { name: 'two for one stage', masks: [C, C, C | A], want: [true, false, true] },
  { name: 'none of the allowed', masks: [8, 0], want: [false, false] },
])('$name', ({ masks, want }) => {
  const matching = emptyMatching()
  const bits = Int32Array.from(masks)
  for (const time of ['at first', 'after clearing']) {
    clearMatching(matching)
    expect([time, ...masks.map((_, event) => place(matching, bits, event, A | B | C))]).toEqual([
      time,
      ...want,
    ])
    const placed = matching.events.filter((event) => event >= 0)
    expect([...placed].sort()).toEqual(want.flatMap((is, event) => (is ? [event] : [])))
    for (const [stage, event] of matching.events.entries())
      if (event >= 0) expect((bits[event] ?? 0) & (1 << stage)).not.toBe(0)
  }
})
