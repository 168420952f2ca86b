import type { Block } from '../scan/list-blocks.ts'

/** Parts that are read together: those of one day, or of a sixteenth of a large one's visitors. */
export interface Unit {
  day: number
  sixteenth: number
  events: number
}

const SIXTEENTHS = 16

/** Newest day first. `cores` are the cores of all parts. */
export function listUnits(cores: readonly Block[]): Unit[] {
  const units = new Map<string, Unit>()
  for (const { day, slot, slots, events } of cores) {
    const sixteenth = Math.floor((slot * SIXTEENTHS) / slots)
    const key = `${day} ${sixteenth}`
    const unit = units.get(key) ?? { day, sixteenth, events: 0 }
    unit.events += events
    units.set(key, unit)
  }
  return [...units.values()].sort((a, b) => b.day - a.day || a.sixteenth - b.sixteenth)
}

/** About so many events, in units spread evenly over all. All of them where there are no more. */
export function sampleOf(units: readonly Unit[], most_events: number): Set<Unit> {
  const total = units.reduce((sum, { events }) => sum + events, 0)
  const share = Math.min(1, most_events / total)
  const sample = new Set<Unit>()
  let passed = 0
  let taken = 0
  for (const unit of units) {
    passed += unit.events
    if (taken >= share * passed) continue
    sample.add(unit)
    taken += unit.events
  }
  return sample
}
