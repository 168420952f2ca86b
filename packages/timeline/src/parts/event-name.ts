import { BOT, COOKIELESS } from '../timeline.ts'

/** What an event's code stands for, site-wide: an event of a bot has another code than the same of a person. */
export interface EventName {
  readonly name: string
  readonly bot: boolean
  readonly cookieless: boolean
}

/** What each code hides. */
export const hiddenOf = (names: readonly EventName[]): Uint8Array =>
  Uint8Array.from(names, ({ bot, cookieless }) => (bot ? BOT : 0) | (cookieless ? COOKIELESS : 0))

/** The properties that a code says already, and which bit says it. */
export const SAID_BY_CODE: ReadonlyMap<string, number> = new Map([
  ['bot', BOT],
  ['cookieless', COOKIELESS],
])
