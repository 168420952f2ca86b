/**
 * Tells watchers what is new, as server-sent events:
 * 1. A site that somebody watches is asked about every few seconds, once for all who do.
 * 2. An answer goes to all of them, a new watcher gets the last one at once; where nothing changed, or
 *    there is no answer, a comment goes instead, so that nobody in between thinks the line dead.
 * 3. A watcher that does not read, or has been there for long, is let go; a browser comes back by itself,
 *    and shows its key again.
 */
import { PassThrough } from 'node:stream'
import type { LiveAnswer } from '@weir/contract'
import { ProblemError } from '../problems.ts'

export interface WatchingOptions {
  every_ms: number
  longest_ms: number
  most_watchers: number
}

export interface Watching {
  /** What to send to a new watcher of a site. Throws `unavailable` where too many watch. */
  watch(site_id: number): PassThrough
  close(): void
}

interface Watched {
  watchers: Set<PassThrough>
  timer: NodeJS.Timeout | null
  /** The last answer but for its time. */
  last: string
  message: string
  gone: AbortController
}

const USUAL: WatchingOptions = { every_ms: 5_000, longest_ms: 15 * 60_000, most_watchers: 100 }
const MOST_UNREAD_BYTES = 64 * 1024
const AGAIN_MS = 5_000

export function openWatching(
  ask: (site_id: number, signal: AbortSignal) => Promise<LiveAnswer>,
  options: Partial<WatchingOptions> = {},
): Watching {
  const { every_ms, longest_ms, most_watchers } = { ...USUAL, ...options }
  const sites = new Map<number, Watched>()
  let watchers = 0

  async function tell(site_id: number, watched: Watched): Promise<void> {
    let text = ': nothing new\n\n'
    try {
      const { as_of, ...answer } = await ask(site_id, watched.gone.signal)
      const now = JSON.stringify(answer)
      if (now !== watched.last) {
        watched.last = now
        watched.message = `data: ${JSON.stringify({ as_of, ...answer })}\n\n`
        text = watched.message
      }
    } catch {
      text = ': no answer just now\n\n'
    }
    for (const watcher of watched.watchers) send(watcher, text)
    if (watched.watchers.size > 0)
      watched.timer = setTimeout(() => void tell(site_id, watched), every_ms)
  }

  function begin(site_id: number): Watched {
    const watched: Watched = {
      watchers: new Set(),
      timer: null,
      last: '',
      message: '',
      gone: new AbortController(),
    }
    sites.set(site_id, watched)
    return watched
  }

  function forget(site_id: number, watched: Watched, watcher: PassThrough): void {
    if (!watched.watchers.delete(watcher)) return
    watchers--
    if (watched.watchers.size > 0) return
    if (watched.timer) clearTimeout(watched.timer)
    watched.gone.abort()
    sites.delete(site_id)
  }

  return {
    watch(site_id) {
      if (watchers >= most_watchers) {
        const headers = { 'retry-after': '30' }
        throw new ProblemError('unavailable', 'Too many watch already.', { headers })
      }
      const known = sites.get(site_id)
      const watched = known ?? begin(site_id)
      const watcher = new PassThrough()
      watchers++
      watched.watchers.add(watcher)
      const timer = setTimeout(() => watcher.end(), longest_ms)
      watcher.on('close', () => {
        clearTimeout(timer)
        forget(site_id, watched, watcher)
      })
      watcher.write(`retry: ${AGAIN_MS}\n\n${watched.message}`)
      if (!known) void tell(site_id, watched)
      return watcher
    },
    close() {
      for (const { watchers } of sites.values()) for (const watcher of watchers) watcher.end()
    },
  }
}

function send(watcher: PassThrough, text: string): void {
  if (watcher.writableEnded) return
  if (watcher.writableLength > MOST_UNREAD_BYTES) watcher.destroy()
  else watcher.write(text)
}
