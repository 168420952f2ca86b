/** What work took, of the clock and of this process's CPU; Postgres has its own. */
export interface Cost {
  events: number
  /** How often it was done. */
  rounds: number
  seconds: number
  cpu_seconds: number
}

/** Does a round of work until one says that it was the last; each gives the events it handled. */
export async function costOf(
  round: () => Promise<{ events: number; more: boolean }>,
  onProgress: (events: number) => void = () => undefined,
): Promise<Cost> {
  const began = performance.now()
  const cpu = process.cpuUsage()
  let events = 0
  let rounds = 0
  for (let more = true; more; rounds++) {
    const done = await round()
    events += done.events
    more = done.more
    onProgress(events)
  }
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (performance.now() - began) / 1_000
  return { events, rounds, seconds, cpu_seconds: (user + system) / 1e6 }
}
