import { attempt } from '../lib/attempt.ts'
import { listen } from '../lib/listen.ts'
import { weir } from '../lib/weir.ts'
import type { Signal } from '../types.ts'

/** So many clicks on one spot within so long are rage. */
const RAGE_CLICKS = 3
const RAGE_MS = 1_000
const RAGE_PIXELS = 30
/** A shopper who does nothing on a checkout for so long is stuck. */
const IDLE_MS = 60_000

/**
 * Tells of `signal`, once a path for each kind, and calls back who asked by `weir('on', 'signal', …)`
 * while the shopper is still there.
 */
export const watchSignals = (): void => {
  const told = new Set<string>()
  const show = (signal: Signal): void => {
    const once = signal + location.pathname
    if (told.has(once)) return
    told.add(once)
    weir('signal', { signal })
    for (const [, [name, what, callback]] of window.weir?.q || []) {
      if (callback && `${name} ${what}` === 'on signal') {
        attempt(() => Reflect.apply(callback, undefined, [signal]))
      }
    }
  }

  let clicks: MouseEvent[] = []
  window.addEventListener(
    'click',
    (click) => {
      clicks = clicks.filter(
        ({ timeStamp, clientX, clientY }) =>
          click.timeStamp - timeStamp < RAGE_MS &&
          Math.hypot(click.clientX - clientX, click.clientY - clientY) < RAGE_PIXELS,
      )
      if (clicks.push(click) >= RAGE_CLICKS) show('rage_click')
    },
    true,
  )

  // The pointer leaves over the top: to the tabs, the address, the close button.
  document.addEventListener('mouseout', ({ relatedTarget, clientY }) => {
    if (!relatedTarget && clientY <= 0) show('exit_intent')
  })

  let timer: ReturnType<typeof setTimeout>
  const active = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (/checkout/i.test(location.pathname) && !document.hidden) show('checkout_idle')
    }, IDLE_MS)
  }
  for (const type of ['pointermove', 'pointerdown', 'keydown', 'scroll'])
    listen(window, type, active)
  active()
}
