import type { Arena } from './arena.ts'
import type { Core } from './core.ts'
import { DAY_MS } from './part.ts'
import type { Piece } from './piece.ts'
import { type Repair, repair, repairOf } from './repair.ts'

/** Copies times and codes of all events to their visitors, whose `ends` were counts; notes every piece's `places`. */
export function placeEvents(
  pieces: readonly Piece[],
  visitors: number,
  arena: Arena,
): { events: number; repairs: Repair[] } {
  const events = sumUp(visitors, arena)
  arena.reserveEvents(events)
  const disordered = new Set<number>()
  let entry = 0
  let day = Number.NaN
  for (const piece of pieces) {
    const { core } = piece.part
    placePiece(piece, core, arena, entry)
    if (core.day === day) noteDisorder(piece, arena, entry, disordered)
    entry += piece.visitorEnd - piece.visitor
    day = core.day
  }
  const { at, codes, ends } = arena
  const repairs = Array.from(disordered, (visitor) =>
    repairOf(at, visitor === 0 ? 0 : ends[visitor - 1]!, ends[visitor]!),
  )
  for (const one of repairs) {
    repair(at, one)
    repair(codes, one)
  }
  return { events, repairs }
}

/** Makes ends of counts, and cursors of the beginnings. */
function sumUp(visitors: number, { ends, cursors }: Arena): number {
  let end = 0
  for (let visitor = 0; visitor < visitors; visitor++) {
    cursors[visitor] = end
    end += ends[visitor]!
    ends[visitor] = end
  }
  return end
}

function placePiece(piece: Piece, core: Core, arena: Arena, entry: number) {
  const { ends, ms, codes, day } = core
  const { at, codes: ownCodes, cursors, numbers, places } = arena
  const start = day * DAY_MS
  let event = piece.event
  for (let v = piece.visitor; v < piece.visitorEnd; v++, entry++) {
    const number = numbers[entry]!
    let place = cursors[number]!
    places[entry] = place
    for (const end = ends[v]!; event < end; event++, place++) {
      at[place] = start + ms[event]!
      ownCodes[place] = codes[event]!
    }
    cursors[number] = place
  }
}

/** The visitors of a piece whose first event is earlier than what they have of other pieces. */
function noteDisorder(piece: Piece, arena: Arena, entry: number, disordered: Set<number>) {
  const { at, ends, numbers, places } = arena
  for (let v = piece.visitor; v < piece.visitorEnd; v++, entry++) {
    const [number, place] = [numbers[entry]!, places[entry]!]
    const begin = number === 0 ? 0 : ends[number - 1]!
    if (place > begin && at[place]! < at[place - 1]!) disordered.add(number)
  }
}
