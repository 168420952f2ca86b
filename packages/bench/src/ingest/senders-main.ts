/**
 * The senders' process. Its argument is a Load as JSON; what became of it goes to standard output.
 * With a rate, a request has the time at which it was due, not at which a line was free: else a
 * server that stalls would look fast. The first WARM_MS are sent and not counted: they measure how fast
 * this process starts.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { nowOf } from '../soak/clock.ts'
import { bodiesOf } from './bodies.ts'
import { type Load, load, type Sent } from './load.ts'
import { type Line, openLine } from './open-line.ts'

const WARM_MS = 1_000
const RECEIPT = /^\{"accepted":(\d+),"duplicates":(\d+)/

const asked = load.parse(JSON.parse(process.argv[2] ?? ''))
process.stdout.write(JSON.stringify(await run(asked)))

async function run({ lines, seconds, requests_a_second, ...how }: Load): Promise<Sent> {
  const times: number[] = []
  const answers: Record<string, number> = {}
  const now = how.clock ? nowOf(how.clock) : Date.now
  let events = 0
  const began = performance.now()
  const counted = began + WARM_MS
  const end = counted + seconds * 1_000
  let cpu = process.cpuUsage()
  setTimeout(() => {
    cpu = process.cpuUsage()
  }, WARM_MS)
  const due = dueTimes(began, requests_a_second)

  async function send(sender: number): Promise<void> {
    const body = bodiesOf(how.key, how.run * 1_000 + sender, how.events_a_request, now)
    let line: Line | null = null
    for (;;) {
      const from = due()
      if (from >= end || performance.now() >= end) break
      if (from > performance.now()) await sleep(from - performance.now())
      try {
        line ??= await openLine(how.url)
        const answer = await line.post('/v1/events', body())
        if (from < counted) continue
        times.push(performance.now() - from)
        answers[answer.status] = (answers[answer.status] ?? 0) + 1
        const [, accepted, duplicates] = RECEIPT.exec(answer.body) ?? []
        events += Number(accepted ?? 0) + Number(duplicates ?? 0)
      } catch {
        answers[0] = (answers[0] ?? 0) + 1
        line?.close()
        line = null
        await sleep(50)
      }
    }
    line?.close()
  }

  await Promise.all(Array.from({ length: lines }, (_, sender) => send(sender)))
  const { user, system } = process.cpuUsage(cpu)
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor((times.length - 1) * share)] ?? 0
  return {
    seconds: (performance.now() - counted) / 1_000,
    events,
    answers,
    p50_ms: at(0.5),
    p99_ms: at(0.99),
    most_ms: at(1),
    cpu_seconds: (user + system) / 1e6,
  }
}

/** When the next request is due; now, where there is no rate. */
function dueTimes(began: number, rate: number | null): () => number {
  if (rate === null) return () => performance.now()
  let number = 0
  return () => began + (number++ * 1_000) / rate
}
