import type { EventNote, Properties, StandardStage } from '@weir/contract'

/** Options: `weirConfig`, the tag's `data-*` attributes, or the argument of `start`. */
export interface Config {
  /** The write key, `wk_…`. */
  key?: string | null | undefined
  /** Where Weir answers, with its scheme; default: where the script came from. */
  host?: string | undefined
  /** `required`: cookieless until `weir('consent', 'granted')`. */
  consent?: string | undefined
  /** `off`: tells only what it is told, and loads nothing else. */
  adopt?: string | undefined
  /** `false`: never mark events as made by a bot (for your own browser tests). */
  bot?: boolean | string | undefined
}

/** What became of one event. Not stored: `code` says why (api.md, "Sending"). */
export type Result = { stored: boolean } & Partial<Pick<EventNote, 'code' | 'field' | 'message'>>

/** Called once, when the server has answered for the event. */
export type Done = (result: Result) => unknown

/** Properties of an event; those that are undefined are not sent. */
export interface Given {
  [name: string]: Properties[string] | Given[] | undefined
}

/** What a shopper shows who is confused, or about to leave. */
export type Signal = 'rage_click' | 'exit_intent' | 'checkout_idle'

/** What `weir()` may be called with. A method, since such are compared with what takes less strictly. */
interface Callable {
  /** Calls back while the shopper who shows a signal is still there; with the plugin `signals`. */
  weir(call: 'on', what: 'signal', callback: (signal: Signal) => void): void
  /** `id`: who this is in your own books; sent as an event with `member_id`. */
  weir(call: 'identify', id: string | number): void
  /** Remembered on this device: `granted` stores the visitor's id, `denied` removes it. */
  weir(call: 'consent', answer: 'granted' | 'denied'): void
  /** Hands out the visitor's id: for a cart attribute, or the server's own order call. */
  weir(call: 'visitor', callback: (id: string) => void): void
  /**
   * Hands out `address`, to another domain of the shop, with the visitor's id and the time: followed within
   * two minutes, the visitor is the same there. With the plugin `link`, on both.
   */
  weir(call: 'link', address: string, callback: (address: string) => void): void
  /** From now on this is the visitor `id`, unless nothing may be stored: to go on from elsewhere. */
  weir(call: 'visitor', id: string): void
  /** Which arm of an experiment this visitor sees: sent as the property `variant.<experiment>`. */
  weir(call: 'variant', experiment: string, arm: string): void
  /** Something happened: one of the five stages, or any name of yours. */
  weir(name: StandardStage | (string & {}), properties?: Given, done?: Done): void
}

export type Weir = Callable['weir']

/** A call of any kind, before anybody has looked at it. */
export type AnyCall = never[]

/** The same to the tag, as all that may stand there at once: what is wrong throws, and is swallowed. */
export type Call = [
  name?: string,
  ...more: (Properties & string & Done & ((visitorId: string) => void))[],
]

/** A call that waits: when it was made (ms since 1970), and its arguments. */
export type Early = [at: number, call: Call]

/** `window.weir`: first the stub, which keeps calls in `q`, then the tag. */
export interface Kept {
  /** Every call: first those that wait for the tag, then, for plugins, those that it took too. */
  q?: Early[]
  /**
   * Set by the tag, so that a second one is a no-op: each event as it is sent, and again with what
   * became of it. For plugins: to hear of what is to come, wrap `push`.
   */
  told?: [item: string, result?: Result | undefined][]
  /** Its options, as they are when it is asked. */
  config?: () => Config
}

export type Installed = Weir & Kept

declare global {
  interface Window {
    weir?: Installed
    weirConfig?: Config
  }
  interface Document {
    prerendering?: boolean
  }
  interface WindowEventMap {
    prerenderingchange: Event
  }
  interface Navigator {
    globalPrivacyControl?: boolean
  }
}
