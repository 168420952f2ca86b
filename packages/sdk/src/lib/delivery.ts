/*
 * 1. An event waits up to 400 ms for company, a purchase not at all; then one request goes out.
 * 2. Until it is answered no other one does, for 10 s; then everything unanswered is sent again.
 * 3. 202 or a final 4xx answers for all of the request's events. Anything else, a captive portal's
 *    200 included, is tried again later; 413 with half as many events.
 * 4. When the page is hidden, a beacon carries what is unanswered. It proves nothing (blockers drop
 *    beacons and still return true), so nothing is removed, and a page that lives on sends again.
 * Sending twice is always safe: the server stores an event id once.
 */
import type { EventNote } from '@weir/contract'
import type { Config, Done, Result } from '../types.ts'
import { attempt } from './attempt.ts'
import {
  CONFIRM_MS,
  GATHER_MS,
  GATHERING,
  HANG_MS,
  HELD,
  IDLE,
  KEEPALIVE_CHARACTERS,
  LONGEST_WAIT_SECONDS,
} from './limits.ts'
import { onHidden } from './onHidden.ts'
import { listOwn, listWaiting, put } from './queue.ts'
import { remember } from './visitor.ts'

/** Starts sending to `url`. The returned function wants to hear of every event that was kept. */
export const startDelivery = (url: URL, key: Config['key']) => {
  const receipts: { [item: string]: Done | undefined } = {}
  let timer: ReturnType<typeof setTimeout>
  let state: number = IDLE
  let failures = 0
  let most: number | undefined
  let beaconed = ''

  const later = (ms: number, meanwhile: number = IDLE): void => {
    clearTimeout(timer)
    state = meanwhile
    timer = setTimeout(() => {
      state = IDLE
      flush()
    }, ms)
  }

  const pack = (items: string[]): string =>
    `{"key":"${key}","sent_at":${Date.now()},"events":[${items}]}`

  const flush = async (): Promise<void> => {
    const items = listWaiting().slice(0, most)
    if (!items[0]) return
    const body = pack(items)
    let seconds = 0
    beaconed = ''
    later(HANG_MS, HELD)
    try {
      const answer = await fetch(url, {
        method: 'POST',
        body,
        // Over its quota a keepalive request is refused: after any failure, a plain one.
        keepalive: !failures && !body[KEEPALIVE_CHARACTERS],
      })
      const code = `${answer.status}`
      if (code === '413' && items[1]) {
        most = items.length >> 1
        return later(0)
      }
      if (/202|4(?!08|25|29)../.test(code)) {
        const rejected: EventNote[] | false =
          code === '202' && (await answer.json()).rejected.slice()
        failures = 0
        items.forEach((item, index) => {
          const note = rejected ? rejected.find((note) => note.index === index) : { code }
          const result: Result = { stored: !note, ...note }
          put(item, '', result)
          attempt(() => receipts[item]!(result))
          delete receipts[item] // a request that hung and its second try may both be answered
          if (result.code === 'visitor_erased') remember('')
        })
        return later(0)
      }
      seconds = +answer.headers.get('Retry-After')!
    } catch {}
    later(
      1000 * (1 + Math.random()) * Math.min(seconds || 2 ** failures++, LONGEST_WAIT_SECONDS),
      HELD,
    )
  }

  const beacon = (items: string[]): void => {
    const body = pack(items)
    if (items[1] && body[KEEPALIVE_CHARACTERS]) {
      beacon(items.splice(items.length >> 1))
      beacon(items)
    } else if (items[0]) {
      beaconed = items.pop()!
      navigator.sendBeacon(url, body)
    }
  }

  onHidden(() => {
    if (state < HELD) later(CONFIRM_MS)
    beacon(listOwn().filter((item) => item > beaconed))
  })

  return (item: string, urgent: boolean, done?: Done): void => {
    receipts[item] = done
    if (state < (urgent ? HELD : GATHERING)) later(urgent ? 0 : GATHER_MS, GATHERING)
  }
}
