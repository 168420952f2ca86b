import type { Contender } from '../ask/contender.ts'
import { rssOf, watchRss } from './rss.ts'

/** What one contender needed for one dataset. */
export interface Measured {
  name: string
  rule: Contender['rule']
  counts: number[]
  runs: number
  median_ms: number
  min_ms: number
  max_ms: number
  /** Its process before the first question, and the most above that; null where it is not watched. */
  idle_bytes: number | null
  above_idle_bytes: number | null
}

const WARM_UPS = 3
const ROUNDS = 11
const FEWEST = 3
const ENOUGH_MS = 15_000
/** Three runs of what takes minutes would take an hour. */
const TOO_LONG_MS = 60_000

interface Taking<Key> {
  key: Key
  contender: Contender
  counts: number[]
  times: number[]
  total: number
  fewest: number
  idle: number | null
  peak: number
}

/**
 * Asks contenders in turns, so that what others do on the machine meets all of them alike:
 * 1. Each is asked to warm up, three times or for 15 seconds; of one that takes over a minute its first answer
 *    is the result already.
 * 2. In up to eleven rounds each is asked once a round; a slow one leaves after fewer.
 */
export async function measureInTurns<Key extends string>(
  contenders: readonly (readonly [Key, Contender])[],
  onAsk: (name: string) => void = () => undefined,
): Promise<Map<Key, Measured>> {
  const all: Taking<Key>[] = []
  for (const [key, contender] of contenders) {
    onAsk(contender.name)
    const { pid } = contender
    const idle = pid === null ? null : rssOf(pid)
    const { asked, peak } = await warmUp(contender)
    const isLong = asked.ms > TOO_LONG_MS
    all.push({
      key,
      contender,
      counts: asked.counts,
      times: isLong ? [asked.ms] : [],
      total: isLong ? asked.ms : 0,
      fewest: Math.min(FEWEST, Math.max(1, Math.floor(TOO_LONG_MS / asked.ms))),
      idle,
      peak,
    })
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const taking of all) {
      const { contender, times, total, fewest, counts } = taking
      if (times.length >= fewest && total > ENOUGH_MS) continue
      onAsk(contender.name)
      const { asked, peak } = await askWatched(contender)
      if (asked.counts.join() !== counts.join())
        throw new Error(`${contender.name} answered ${counts}, then ${asked.counts}`)
      times.push(asked.ms)
      taking.total += asked.ms
      taking.peak = Math.max(taking.peak, peak)
    }
  }
  return new Map(all.map((taking) => [taking.key, measuredOf(taking)]))
}

/** The first answer, and the most memory of all. */
async function warmUp(contender: Contender) {
  const first = await askWatched(contender)
  let { peak } = first
  let total = first.asked.ms
  for (let asks = 1; asks < WARM_UPS && total < ENOUGH_MS; asks++) {
    const again = await askWatched(contender)
    peak = Math.max(peak, again.peak)
    total += again.asked.ms
  }
  return { asked: first.asked, peak }
}

async function askWatched(contender: Contender) {
  const watch = contender.pid === null ? null : watchRss(contender.pid)
  const asked = await contender.ask()
  return { asked, peak: watch?.stop() ?? 0 }
}

function measuredOf({ contender, counts, times, idle, peak }: Taking<string>): Measured {
  const sorted = times.toSorted((a, b) => a - b)
  return {
    name: contender.name,
    rule: contender.rule,
    counts,
    runs: sorted.length,
    median_ms: medianOf(sorted),
    min_ms: sorted[0] ?? 0,
    max_ms: sorted.at(-1) ?? 0,
    idle_bytes: idle,
    above_idle_bytes: idle === null ? null : peak - idle,
  }
}

/** Of sorted times. */
function medianOf(times: readonly number[]): number {
  const middle = (times.length - 1) / 2
  return ((times[Math.floor(middle)] ?? 0) + (times[Math.ceil(middle)] ?? 0)) / 2
}
