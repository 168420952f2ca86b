import { readdirSync, readFileSync } from 'node:fs'

const TICKS_A_SECOND = 100

/**
 * CPU seconds that a process has used, with all of its children that live or have ended; null where
 * it cannot be told (only Linux says).
 */
export function cpuOf(pid: number): number | null {
  const processes = readAll()
  const own = processes.find((process) => process.pid === pid)
  if (!own) return null
  const children = processes.filter((process) => process.parent === pid)
  return children.reduce((sum, child) => sum + child.own, own.own + own.ended) / TICKS_A_SECOND
}

function readAll() {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // proc(5): behind the command, which may hold anything: state ppid … utime stime cutime cstime.
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        const fields = stat
          .slice(stat.lastIndexOf(')') + 2)
          .split(' ')
          .map(Number)
        const [utime = 0, stime = 0, cutime = 0, cstime = 0] = fields.slice(11, 15)
        const [, parent = 0] = fields
        return [{ pid: Number(name), parent, own: utime + stime, ended: cutime + cstime }]
      } catch {
        return []
      }
    })
}
