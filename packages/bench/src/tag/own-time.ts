import type { TraceEvent } from './trace.ts'

/** What a script's own work is called in a trace: compiling and running it, and each time it is called. */
const WORK = ['v8.compile', 'EvaluateScript', 'FunctionCall']

/** When a script runs for the second time, the browser writes down what it compiled, before it goes on. */
export const WRITING = ['v8.produceCache']

/**
 * Work of one script that nothing else of it encloses, ms of its thread's processor time each, in order:
 * not what the thread waited for others on the same machine.
 */
export function ownTimes(
  events: readonly TraceEvent[],
  isOurs: (url: string) => boolean,
  names: readonly string[] = WORK,
): { name: string; ms: number }[] {
  const work = events
    .filter(({ name, ph }) => ph === 'X' && names.includes(name))
    .filter(({ args }) => isOurs(args.data?.url ?? args.url ?? args.fileName ?? ''))
    .sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
  const outermost: { name: string; ms: number }[] = []
  const ends = new Map<number, number>()
  for (const { name, tid, ts, dur = 0, tdur = dur } of work) {
    if (ts < (ends.get(tid) ?? 0)) continue
    ends.set(tid, ts + dur)
    outermost.push({ name, ms: tdur / 1_000 })
  }
  return outermost
}
