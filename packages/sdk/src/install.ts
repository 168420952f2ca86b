/** Puts the tag in the place of the stub. */
import { attempt } from './lib/attempt.ts'
import { context } from './lib/context.ts'
import { startDelivery } from './lib/delivery.ts'
import { ADOPT_MS } from './lib/limits.ts'
import { keep, storeOwn, told } from './lib/queue.ts'
import { cookieless, setCookieless } from './lib/storage.ts'
import { tick } from './lib/tick.ts'
import { uuidv7 } from './lib/uuidv7.ts'
import { referrer, startViews } from './lib/views.ts'
import { recall, remember } from './lib/visitor.ts'
import { whenActivated } from './lib/whenActivated.ts'
import type { Call, Config, Done, Installed } from './types.ts'

/** Google's consent mode, as a page sets it before any tag runs. */
const isDeniedByDefault = (): boolean | undefined =>
  attempt(() =>
    window.dataLayer?.some(
      (entry) => entry[1] === 'default' && entry[2]?.analytics_storage === 'denied',
    ),
  )

const start = (
  { key, host, consent, bot }: Config,
  early: [number, Call][],
  adopt: () => unknown,
): void => {
  const deliver = startDelivery(new URL('v1/events', host), key)
  const stream = `${Math.random()}`
  const known = recall()
  const optedOut = navigator.globalPrivacyControl
  let seq = 0

  setCookieless(optedOut || (known ? known === 'denied' : !!consent || isDeniedByDefault()))
  const visitor = (!cookieless && known) || uuidv7(Date.now())
  remember(visitor)

  const track = (name: string, given?: object, done?: Done, at?: number): void => {
    settleView(at)
    const now = tick(at)
    const item = JSON.stringify({
      id: uuidv7(now),
      name,
      at: now,
      seq: ++seq,
      properties: {
        // `false` stands too: a test that drives a headless browser is then no bot to the server either.
        bot: bot ?? (navigator.webdriver || undefined),
        cookieless: cookieless || undefined,
        ...given,
      },
      visitor_id: visitor,
      stream,
      context: attempt(() => context(referrer)),
    })
    keep(item)
    deliver(item, name === 'purchase', done)
  }

  const settleView = startViews((at) => track('view', {}, undefined, at))

  const call = ([name, given, done]: Call, at?: number): void => {
    if (name === 'visitor') {
      given(visitor)
    } else if (name === 'consent') {
      const granted = given === 'granted'
      setCookieless(optedOut)
      storeOwn(granted)
      remember(granted ? visitor : 'denied')
      setCookieless(optedOut || !granted)
    } else {
      const properties =
        name === 'identify'
          ? { member_id: given }
          : name === 'variant'
            ? { [`${name}.${given}`]: done }
            : given
      track(name, properties, done, at)
    }
  }

  const weir: Installed = (...given) => {
    attempt(() => call(given))
  }
  weir.told = told
  window.weir = weir
  for (const [at, given] of early) attempt(() => call(given, at))
  settleView()
  adopt()
  setInterval(adopt, ADOPT_MS)
}

/** Starts the tag, once a page, and replays what the stub kept; never throws. */
export const install = (config: Config, adopt: () => unknown): void => {
  attempt(() =>
    whenActivated(() => {
      const stub: Partial<Installed> = window.weir || {}
      if (config.key && !stub.told) start(config, stub.q || [], adopt)
    }),
  )
}
