/** One UTC day of one site. `day` counts from 1970. */
export interface Day {
  site_id: number
  day: number
}

/** Each day once. */
export function daysOf(days: Iterable<Day>): Day[] {
  const distinct = new Map<string, Day>()
  for (const { site_id, day } of days) distinct.set(`${site_id} ${day}`, { site_id, day })
  return [...distinct.values()]
}
