/** Puts the tag in the place of the stub. */
import { attempt } from './lib/attempt.ts'
import { context } from './lib/context.ts'
import { startDelivery } from './lib/delivery.ts'
import { ADOPT_MS } from './lib/limits.ts'
import { keep, storeOwn, told } from './lib/queue.ts'
import { cookieless, setCookieless } from './lib/storage.ts'
import { tick } from './lib/tick.ts'
import { uuidv7 } from './lib/uuidv7.ts'
import { startViews } from './lib/views.ts'
import { recall, remember } from './lib/visitor.ts'
import type { AnyCall, Call, Config, Done, Installed, Kept } from './types.ts'

/** Google's consent mode, as a page sets it before any tag runs. What it grants later is adopted. */
const isDenied = (): boolean | undefined =>
  attempt(() => window.dataLayer?.some((entry) => entry?.[2]?.analytics_storage === 'denied'))

/** What it returns makes a call an event, or does what it asks; without a name, sees to the view alone. */
const start = ({ key, host, consent, bot }: Config) => {
  const deliver = startDelivery(new URL('v1/events', host), key)
  // Of time 0: what the ids of this page have in common.
  const stream = uuidv7(0)
  const known = recall()
  const optedOut = navigator.globalPrivacyControl
  let seq = 0

  setCookieless(optedOut || (known ? known === 'denied' : !!consent || isDenied()))
  let visitor = (!cookieless && known) || uuidv7(Date.now())
  remember(visitor)
  // Who opens a shop for the first time in several tabs at once got an id in each: the cookie, which they
  // share, tells which one stays.
  visitor = (!cookieless && recall()) || visitor

  const track = (name: string, at?: number, given?: object, done?: Done): void => {
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
      context: attempt(context),
    })
    keep(item)
    deliver(item, name === 'purchase', done)
  }

  const settleView = startViews((at) => track('view', at))

  return (at: number, [name, given, done]: Call): void => {
    attempt(() => {
      if (name === 'visitor') {
        if (given !== `${given}`) given!(visitor)
        else if (!cookieless) {
          visitor = given
          remember(visitor)
        }
      } else if (name === 'consent') {
        const granted = given === 'granted'
        setCookieless(optedOut)
        storeOwn(granted)
        remember(granted ? visitor : 'denied')
        setCookieless(optedOut || !granted)
      } else {
        settleView(at)
        const properties =
          name === 'identify'
            ? { member_id: given }
            : name === 'variant'
              ? { [`variant.${given}`]: done }
              : given
        // A text is no properties: such a call is a plugin's.
        if (name && properties !== `${properties}`) track(name, at, properties, done)
      }
    })
  }
}

/**
 * Starts the tag, once a page, and replays what the stub kept; never throws. Little runs at once, and
 * nothing that asks the document, which costs a new renderer 0.5 ms: the rest does at the page's next
 * turn, or as soon as it calls or leaves.
 */
export const install = (config: () => Config, adopt: (config: Config) => unknown): void => {
  const { told: isInstalled, q: calls = [] }: Partial<Installed> = window.weir || {}
  let taken = 0
  let call: ReturnType<typeof start> | undefined

  const weir: ((...given: AnyCall) => void) & Kept = (...given) => {
    attempt(() => {
      calls.push([Date.now(), given])
      // Requests of a prerendering page are really sent.
      if (document.prerendering) return
      if (!call) {
        const options = config()
        call = start(options)
        adopt(options)
        setInterval(adopt, ADOPT_MS, options)
      }
      while (calls[taken]) call(...calls[taken++]!)
    })
  }
  // Without a name, a call starts the tag and sees to the view alone.
  const settle = () => weir()

  if (!isInstalled) {
    weir.told = told
    weir.q = calls
    weir.config = config
    window.weir = weir
    // Not by `listen`: each function that runs here is compiled while the page waits.
    addEventListener('pagehide', settle)
    addEventListener(
      'prerenderingchange',
      () => {
        tick() // what the page called before it was shown counts from now
        weir()
      },
      true,
    )
    setTimeout(settle)
  }
}
