import { readFileSync } from 'node:fs'

/** Watches until `stop`, which gives the share of the processors' time that the host gave to others; null where it cannot be told. */
export function watchStolen(): { stop(): number | null } {
  const before = ticks()
  return {
    stop() {
      const after = ticks()
      if (!before || !after) return null
      return (after.stolen - before.stolen) / Math.max(1, after.all - before.all)
    },
  }
}

/** proc(5), /proc/stat: cpu user nice system idle iowait irq softirq steal … */
function ticks(): { stolen: number; all: number } | null {
  if (process.platform !== 'linux') return null
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
  const of = line.split(/\s+/).slice(1, 9).map(Number)
  return { stolen: of[7] ?? 0, all: of.reduce((sum, count) => sum + count, 0) }
}
