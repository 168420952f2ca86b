type Tell = () => void

/** What chat widgets leave on the page, as far as it is used here. */
interface Widgets {
  $crisp?: { push(call: ['on', 'message:sent', Tell]): void }
  HubSpotConversations?: { on(event: 'conversationStarted', tell: Tell): void }
  Intercom?: (call: 'onShow', tell: Tell) => void
  LiveChatWidget?: {
    on(
      event: 'new_event',
      callback: (event: { type: string; author: { type: string } }) => void,
    ): void
  }
  Tawk_API?: { onChatMessageVisitor?: (message: unknown) => void }
  tidioChatApi?: { on(event: 'messageFromVisitor', tell: Tell): void }
  zE?: (call: 'messenger:on', event: 'open', tell: Tell) => void
}

declare global {
  interface Window extends Widgets {}
}

const hook = <Api>(api: Api | undefined, listen: (api: Api) => void): boolean => {
  if (api) listen(api)
  return !!api
}

/**
 * By provider, asks its widget to say when the visitor sends a message; or opens it, where it does not
 * say more (Intercom, Zendesk). False while the widget is not there.
 */
export const WIDGETS: [provider: string, ask: (tell: Tell) => boolean][] = [
  ['crisp', (tell) => hook(window.$crisp, (api) => api.push(['on', 'message:sent', tell]))],
  [
    'hubspot',
    (tell) => hook(window.HubSpotConversations, (api) => api.on('conversationStarted', tell)),
  ],
  ['intercom', (tell) => hook(window.Intercom, (call) => call('onShow', tell))],
  [
    'livechat',
    (tell) =>
      hook(window.LiveChatWidget, (api) =>
        api.on('new_event', ({ type, author }) => {
          if (type === 'message' && author.type === 'customer') tell()
        }),
      ),
  ],
  [
    'tawk',
    (tell) =>
      hook(window.Tawk_API, (api) => {
        const before = api.onChatMessageVisitor
        api.onChatMessageVisitor = (message) => {
          tell()
          before?.(message)
        }
      }),
  ],
  ['tidio', (tell) => hook(window.tidioChatApi, (api) => api.on('messageFromVisitor', tell))],
  ['zendesk', (tell) => hook(window.zE, (call) => call('messenger:on', 'open', tell))],
]
