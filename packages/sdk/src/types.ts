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

export interface Weir {
  /** Calls back while the shopper who shows a signal is still there; with the plugin `signals`. */
  (call: 'on', what: 'signal', callback: (signal: Signal) => void): void
  /** `id`: who this is in your own books; sent as an event with `member_id`. */
  (call: 'identify', id: string | number): void
  /** Remembered on this device: `granted` stores the visitor's id, `denied` removes it. */
  (call: 'consent', answer: 'granted' | 'denied'): void
  /** Hands out the visitor's id: for a cart attribute, or the server's own order call. */
  (call: 'visitor', callback: (id: string) => void): void
  /** From now on this is the visitor `id`, unless nothing may be stored: to go on from another domain. */
  (call: 'visitor', id: string): void
  /** Which arm of an experiment this visitor sees: sent as the property `variant.<experiment>`. */
  (call: 'variant', experiment: string, arm: string): void
  /** Something happened: one of the five stages, or any name of yours. */
  (name: StandardStage | (string & {}), properties?: Given, done?: Done): void
}

/** A call of any kind. A page may pass anything: what is wrong throws, and the tag swallows it. */
export type Call = [
  name: string,
  given?: Properties & string & ((visitorId: string) => void),
  done?: Done | undefined,
]

/** A call that waits: when it was made (ms since 1970), and its arguments. */
export type Early = [at: number, call: Call]

/** `window.weir`: first the stub, which keeps calls in `q`, then the tag. */
export interface Installed {
  (...call: Call): void
  /** Every call: first those that wait for the tag, then, for plugins, those that it took too. */
  q?: Early[]
  /**
   * Set by the tag, so that a second one is a no-op: each event as it is sent, and again with what
   * became of it. For plugins: to hear of what is to come, wrap `push`.
   */
  told?: [item: string, result?: Result | undefined][]
}

declare global {
  interface Window {
    weir?: Installed
    weirConfig?: Config
  }
  interface Document {
    prerendering?: boolean
  }
  interface Navigator {
    globalPrivacyControl?: boolean
  }
}
