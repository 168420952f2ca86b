import { listen } from '../lib/listen.ts'

type Tell = () => void

// What chat widgets leave on the page, as far as it is used here.
declare const $crisp: { push(call: ['on', 'message:sent', Tell]): void }
declare const HubSpotConversations: { on(event: 'conversationStarted', tell: Tell): void }
declare const Intercom: (call: 'onShow', tell: Tell) => void
declare const LiveChatWidget: {
  on(event: 'new_event', callback: (event: { author: { type: string } }) => void): void
}
declare const tidioChatApi: { on(event: 'messageFromVisitor', tell: Tell): void }
declare const zE: (call: 'messenger:on', event: 'open', tell: Tell) => void

/**
 * By provider, asks its widget to say when the visitor sends a message; or opens it, where it does not
 * say more (Intercom, Zendesk). Each throws while its widget is not there.
 */
export const WIDGETS: { [provider: string]: (tell: Tell) => void } = {
  crisp: (tell) => $crisp.push(['on', 'message:sent', tell]),
  hubspot: (tell) => HubSpotConversations.on('conversationStarted', tell),
  intercom: (tell) => Intercom('onShow', tell),
  livechat: (tell) =>
    LiveChatWidget.on('new_event', ({ author }) => author.type === 'customer' && tell()),
  tawk: (tell) => listen('tawkChatMessageVisitor', tell),
  tidio: (tell) => tidioChatApi.on('messageFromVisitor', tell),
  zendesk: (tell) => zE('messenger:on', 'open', tell),
}

declare global {
  interface WindowEventMap {
    tawkChatMessageVisitor: Event
  }
}
