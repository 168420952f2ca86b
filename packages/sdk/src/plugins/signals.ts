/**
 * Tells of `signal`, once a path for each kind, and calls back who asked by `weir('on', 'signal', …)`
 * while the shopper is still there.
 */
import { attempt } from '../lib/attempt.ts'
import { listen } from '../lib/listen.ts'
import type { Signal } from '../types.ts'

/** So many clicks near each other, a second being as far as 30 pixels, are rage. */
const RAGE_CLICKS = 3
const RAGE_PIXELS = 30
const RAGE_MS_A_PIXEL = 33
/** A shopper who does nothing on a checkout for so long is stuck. */
const IDLE_MS = 60_000

const told: { [once: string]: boolean } = {}

const tell = (signal: Signal): void => {
  const once = signal + location.pathname
  if (told[once]) return
  told[once] = true
  window.weir?.('signal', { signal })
  for (const [, [name, , callback]] of window.weir?.q || []) {
    if (name === 'on') attempt(() => callback?.(signal))
  }
}

let clicks: MouseEvent[] = []
listen('click', (click) => {
  clicks = clicks.filter(
    ({ x, y, timeStamp }) =>
      Math.hypot(click.x - x, click.y - y, (click.timeStamp - timeStamp) / RAGE_MS_A_PIXEL) <
      RAGE_PIXELS,
  )
  if (clicks.push(click) >= RAGE_CLICKS) tell('rage_click')
})

// The pointer leaves over the top: to the tabs, the address, the close button.
listen('mouseout', ({ relatedTarget, y }) => {
  if (!relatedTarget && y <= 0) tell('exit_intent')
})

let timer: ReturnType<typeof setTimeout>
const active = (): void => {
  clearTimeout(timer)
  timer = setTimeout(() => {
    if (/checkout/i.test(location.pathname) && !document.hidden) tell('checkout_idle')
  }, IDLE_MS)
}
for (const type of ['pointermove', 'pointerdown', 'keydown', 'scroll'] as const) {
  listen(type, active)
}
active()
