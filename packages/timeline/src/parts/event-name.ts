/** What an event's code stands for, site-wide: an event of a bot has another code than the same of a person. */
export interface EventName {
  readonly name: string
  readonly bot: boolean
  readonly cookieless: boolean
}

/** Bits of `hidden`: the events with this code are left out unless the question asks for them. */
export const BOT = 1
export const COOKIELESS = 2

/** What each code hides. */
export const hiddenOf = (names: readonly EventName[]): Uint8Array =>
  Uint8Array.from(names, ({ bot, cookieless }) => (bot ? BOT : 0) | (cookieless ? COOKIELESS : 0))

/** The properties that a code says already, and which bit says it. */
export const SAID_BY_CODE: ReadonlyMap<string, number> = new Map([
  ['bot', BOT],
  ['cookieless', COOKIELESS],
])
