import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** The resident memory of a process in bytes; 0 where it cannot be told. */
export function rssOf(pid: number): number {
  try {
    if (process.platform === 'linux') {
      const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
      return Number(kilobytes ?? 0) * 1024
    }
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)]).toString()) * 1024
  } catch {
    return 0
  }
}

const EVERY_MS = 10

/** Watches a process until `stop`, which gives the most that it held. */
export function watchRss(pid: number): { stop(): number } {
  let peak = rssOf(pid)
  const timer = setInterval(() => {
    peak = Math.max(peak, rssOf(pid))
  }, EVERY_MS)
  return {
    stop() {
      clearInterval(timer)
      return Math.max(peak, rssOf(pid))
    },
  }
}
