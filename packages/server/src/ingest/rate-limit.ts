import { ProblemError } from '../problems.ts'

/**
 * Bounds how often a write key may send: from one address, and, far higher, from all together. The key
 * stands in every page: nobody may spend the shop's rate. Addresses are only ever in memory.
 */
export interface RateLimit {
  /** Throws `too_many_requests`. */
  check(key: string, address: string): void
}

/** A visitor's page that was closed for long, or a school behind one address, may send this long at once. */
const BURST_SECONDS = 10
const ALL_ADDRESSES = 100
const MOST_KNOWN = 100_000

interface Bucket {
  left: number
  at: number
}

/** `a_second` requests from one address; null for no limit. */
export function openRateLimit(a_second: number | null, now: () => number): RateLimit {
  // Two generations: who was not seen while one filled is forgotten, without looking at anybody.
  let fresh = new Map<string, Bucket>()
  let old = new Map<string, Bucket>()

  function take(name: string, rate: number): void {
    const most = rate * BURST_SECONDS
    const bucket = fresh.get(name) ?? old.get(name) ?? { left: most, at: now() }
    const seconds = Math.max(0, now() - bucket.at) / 1_000
    bucket.left = Math.min(most, bucket.left + seconds * rate)
    bucket.at = now()
    if (fresh.size >= MOST_KNOWN) {
      old = fresh
      fresh = new Map()
    }
    fresh.set(name, bucket)
    if (bucket.left < 1) throw tooMany(Math.ceil((1 - bucket.left) / rate))
    bucket.left--
  }

  return {
    check(key, address) {
      if (a_second === null) return
      take(`${key} ${networkOf(address)}`, a_second)
      take(key, a_second * ALL_ADDRESSES)
    },
  }
}

/** One line at home has a whole /64 of IPv6. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address
  const [head = '', tail = ''] = address.split('::')
  const first = head.split(':').filter(Boolean)
  const last = tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0')
  return [...first, ...zeros, ...last].slice(0, 4).join(':')
}

const tooMany = (seconds: number) =>
  new ProblemError('too_many_requests', `Wait ${seconds} s, and send the same again.`, {
    headers: { 'retry-after': String(seconds) },
  })
