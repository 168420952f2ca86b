/** Tells of `chat`, once a page for each provider: widgets' first messages, and links to messengers. */
import { WIDGETS } from '../chat/widgets.ts'
import { attempt } from '../lib/attempt.ts'
import { listen } from '../lib/listen.ts'

/** Widgets load at any time: how often to look for them. */
const LOOK_MS = 1_000

/** Links that open a chat, a call or a message; what they talk through is their scheme or host. */
const LINK = /^(tel|sms|whatsapp):|\/\/(?:\w+\.)?((?:wa|m|t)\.me|whatsapp\.com)\//

const told: { [provider: string]: boolean } = {}

const tell = (chat_provider: string): void => {
  if (told[chat_provider]) return
  told[chat_provider] = true
  window.weir?.('chat', { chat_provider })
}

listen('click', (event) => {
  const path: (EventTarget & { href?: string })[] = event.composedPath()
  const [, scheme, host] = LINK.exec(`${path.find(({ href }) => href)?.href}`) || []
  const provider = scheme || host
  if (provider) tell(provider)
})

const look = (): void => {
  for (const provider in WIDGETS) {
    attempt(() => {
      WIDGETS[provider]!(() => tell(provider))
      delete WIDGETS[provider]
    })
  }
}
look()
setInterval(look, LOOK_MS)
