import { attempt } from '../lib/attempt.ts'
import { listen } from '../lib/listen.ts'
import { weir } from '../lib/weir.ts'
import { WIDGETS } from './widgets.ts'

/** Widgets load at any time: how often to look for them. */
const LOOK_MS = 1_000

/** Links that open a chat, a call or a message. */
const LINK = /^(tel|sms|whatsapp):|\/\/(?:\w+\.)?(wa\.me|m\.me|t\.me|whatsapp\.com)\//

/** What a link talks through, by its scheme or host, if it does: `tel`, `wa.me`, … */
export const providerOf = (address: string): string | undefined => {
  const [, scheme, host] = LINK.exec(address) || []
  return scheme || host
}

/** Tells of `chat`, once a page for each provider: widgets' first messages, and links to messengers. */
export const watchChat = (): void => {
  const told: { [provider: string]: boolean } = {}
  const tell = (chat_provider: string): void => {
    if (!told[chat_provider]) weir('chat', { chat_provider })
    told[chat_provider] = true
  }

  listen(window, 'click', (event) => {
    const path: (EventTarget & { href?: string })[] = event.composedPath()
    const link = path.find(({ href }) => href)
    const provider = providerOf(`${link?.href}`)
    if (provider) tell(provider)
  })

  let missing = WIDGETS
  const look = () => {
    missing = missing.filter(([provider, ask]) => !attempt(() => ask(() => tell(provider))))
  }
  look()
  setInterval(look, LOOK_MS)
}
