/**
 * Takes a visitor along to another domain of the shop. There: `?weir=<id>.<ms since 1970>` makes who comes
 * within two minutes the visitor of that id, unless nothing may be stored, or it is a robot; and leaves the
 * address. Here: answers `weir('link', address, callback)`.
 */
import { attempt } from '../lib/attempt.ts'
import { recall } from '../lib/visitor.ts'
import type { Early } from '../types.ts'

/** So long a link is followed by who clicked it; later it is one that was shared, or lies in a history. */
const FRESH_MS = 120_000

const PARAMETER = /([?&])weir=([\w-]{1,64})\.(\d+)(&|(?=#|$))/

/** The address without it. */
const bare = (address: string): string =>
  address.replace(PARAMETER, '$1').replace(/[?&](?=#|$)/, '')

const receive = (): void => {
  const [found, , id = '', at] = PARAMETER.exec(location.href) || []
  if (!found) return
  // Both clocks are the visitor's own.
  if (Math.abs(Date.now() - Number(at)) < FRESH_MS && !navigator.webdriver) {
    window.weir?.('visitor', id)
  }
  history.replaceState(history.state, '', bare(location.href))
}

/** As text: what is signed or encoded in an address stays as it is. */
const decorate = (address: string, id: string): string => {
  const [page = '', ...hash] = bare(address).split('#')
  const decorated = `${page}${page.includes('?') ? '&' : '?'}weir=${id}.${Date.now()}`
  return [decorated, ...hash].join('#')
}

const answer = ([, [name, address, callback]]: Early): void => {
  if (name !== 'link') return
  // The id of a cookieless page is not stored, and goes nowhere.
  window.weir?.('visitor', (id) =>
    callback?.(id === recall() ? decorate(`${address}`, id) : `${address}`),
  )
}

attempt(receive)
const { q = [] } = window.weir || {}
const { push } = q
q.push = (...calls) => {
  const count = push.apply(q, calls)
  calls.forEach(answer)
  return count
}
q.forEach(answer)
