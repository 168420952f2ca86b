/**
 * Decides what of one day is merged, so that every event is written few times and a day is few parts:
 * 1. What one weave wrote of a day is a layer. Layers of a like size (within a factor of `fan_in`) are a tier.
 * 2. While events come in, the lowest tier of `fan_in` layers is merged, and with it all that is smaller:
 *    an event is written once for each tier, 5 or 6 times on a day with a weave a second, twice with one an hour.
 * 3. A day that has been quiet for a while becomes one layer, but for those over QUIET_RATIO times as large as
 *    all smaller ones together: a late event does not write a million others anew.
 */

/** What one weave wrote of a site's day, and nothing has replaced. */
export interface Layer {
  weave: number
  /** Into how many slots the visitors are cut. */
  slots: number
  events: number
}

const QUIET_RATIO = 4

/** The layers to merge into one: none, or at least two. */
export function chooseMerge(
  layers: readonly Layer[],
  { fan_in, quiet }: { fan_in: number; quiet: boolean },
): Layer[] {
  const ascending = layers.toSorted((a, b) => a.events - b.events)
  const tierOf = ({ events }: Layer): number => Math.floor(Math.log(events) / Math.log(fan_in))
  const crowded = ascending.findIndex(
    (layer, place) => tierOf(ascending[place + fan_in - 1] ?? LARGEST) === tierOf(layer),
  )
  const first = ascending[crowded]
  if (first) return ascending.filter((layer) => tierOf(layer) <= tierOf(first))
  return quiet ? ascending.slice(0, quietCount(ascending)) : []
}

const LARGEST: Layer = { weave: 0, slots: 0, events: Number.POSITIVE_INFINITY }

/** How many of the smallest layers are merged; 0 where there is nothing to gain. */
function quietCount(ascending: readonly Layer[]): number {
  let count = 0
  let smaller = 0
  for (const [place, { events }] of ascending.entries()) {
    if (place > 0 && events <= QUIET_RATIO * smaller) count = place + 1
    smaller += events
  }
  return count
}
