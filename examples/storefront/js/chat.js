import { replyTo } from './chat-replies.js'
import { byId, element } from './element.js'
import { readStored, writeStored } from './storage.js'

const KEY = 'shop.chat'
const REPLY_MS = 900
const GREETING = { from: 'shop', text: 'Hello, Nora here. Ask me anything about the gear.' }

const messages = readStored(KEY, 'sessionStorage') ?? [GREETING]

const log = element('ol', { id: 'chat-log' })
log.setAttribute('role', 'log')
log.setAttribute('aria-label', 'Messages')

const input = element('input', { id: 'chat-message', required: true, maxLength: 300 })
input.placeholder = 'Write a message'
input.autocomplete = 'off'

const form = element(
  'form',
  {},
  element('label', { className: 'unseen', htmlFor: 'chat-message' }, 'Your message'),
  input,
  element('button', { id: 'chat-send', className: 'button' }, 'Send'),
)

const panel = element(
  'section',
  { id: 'chat', hidden: true },
  element('h2', {}, 'Ask a daughter', element('small', {}, 'Usually answers at once')),
  log,
  form,
)
panel.setAttribute('aria-label', 'Chat')

const opener = element('button', { id: 'chat-open', type: 'button', className: 'button' }, 'Chat')
opener.setAttribute('aria-controls', 'chat')

function show(message) {
  log.append(element('li', { className: message.from }, message.text))
  log.scrollTop = log.scrollHeight
}

function say(message) {
  messages.push(message)
  writeStored(KEY, messages, 'sessionStorage')
  show(message)
}

function answer() {
  const { from, text } = messages.at(-1)
  if (from === 'visitor') setTimeout(() => say({ from: 'shop', text: replyTo(text) }), REPLY_MS)
}

function toggle(open) {
  panel.hidden = !open
  opener.setAttribute('aria-expanded', open)
  opener.textContent = open ? 'Close' : 'Chat'
  if (open) input.focus()
  else opener.focus()
  log.scrollTop = log.scrollHeight
}

opener.addEventListener('click', () => toggle(panel.hidden))
panel.addEventListener('keydown', (event) => event.key === 'Escape' && toggle(false))

form.addEventListener('submit', (event) => {
  event.preventDefault()
  const text = input.value.trim()
  if (!text) return

  // Weir: a chat counts at the visitor's first message, not when the panel opens.
  const first = !messages.some(({ from }) => from === 'visitor')
  if (first) weir('chat', { chat_provider: 'storefront' })

  say({ from: 'visitor', text })
  form.reset()
  answer()
})

messages.forEach(show)
// The visitor may have gone to this page before the last one had answered.
answer()
opener.setAttribute('aria-expanded', 'false')
byId('dock').prepend(panel, opener)
