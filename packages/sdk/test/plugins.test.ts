import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { page, type Shop, type Storefront, sleep, startStorefront } from './storefront.ts'

let storefront: Storefront
let shop: Shop
beforeAll(async () => {
  storefront = await startStorefront()
})
beforeEach(async () => {
  shop = await storefront.newShop()
})
afterAll(() => storefront.stop())

const told = async (count: number) => {
  await shop.names(count + 1)
  return (await shop.stored()).filter(({ name }) => name !== 'view')
}

/** Opens a page whose tag brings plugins, named as in `?with=`. */
const open = async (plugins: string, body = '', script = ''): Promise<Page> => {
  const tag = shop.tag().replace('?key=', `?with=${plugins}&key=`)
  shop.pages['/'] = page('shop', `<script>${script}</script>${tag}`, body)
  const tab = await shop.open('/')
  await tab.waitForFunction('weir.told')
  return tab
}

describe('chat', () => {
  /** By provider: what stands in for its widget, what its visitor's first message does to it, and what does not count. */
  const WIDGETS = {
    crisp: [`$crisp = { push([, , tell]) { say = tell } }`, 'say()'],
    hubspot: [`HubSpotConversations = { on: (type, tell) => { say = tell } }`, 'say({})'],
    intercom: [`Intercom = (type, tell) => { say = tell }`, 'say()'],
    livechat: [
      `LiveChatWidget = { on: (type, tell) => { say = tell } }`,
      `say({ type: 'message', author: { type: 'customer' } })`,
      `say({ type: 'message', author: { type: 'agent' } })`,
    ],
    tawk: [`say = () => dispatchEvent(new CustomEvent('tawkChatMessageVisitor'))`, 'say()'],
    tidio: [`tidioChatApi = { on: (type, tell) => { say = tell } }`, 'say()'],
    zendesk: [`zE = (kind, type, tell) => { say = tell }`, 'say()'],
  }

  it.each(Object.entries(WIDGETS))(
    '%s: the first message counts, once',
    async (provider, [widget, message, other = '']) => {
      const tab = await open('chat', '', widget)
      await tab.waitForFunction('window.say')
      await tab.evaluate(`${other}; weir('before'); ${message}; ${message}`)
      await sleep(600)
      const stored = await told(2)
      expect(stored.map(({ name, properties }) => [name, properties.chat_provider])).toEqual([
        ['before', undefined],
        ['chat', provider],
      ])
      expect(shop.faults).toEqual([])
    },
  )

  it('is told of links that talk, and of no others', async () => {
    const links = [
      // First, since each provider counts once.
      '/help',
      'https://foot.me/',
      'https://shop.example/t.me',
      'tel:+3531',
      'sms:+3531',
      'https://wa.me/3531',
      'https://m.me/weir',
      'https://t.me/weir',
      'https://api.whatsapp.com/send',
    ]
    const tab = await open(
      'chat',
      links.map((href) => `<p><a href="${href}">${href}</a></p>`).join(''),
    )
    await tab.evaluate(`addEventListener('click', (event) => event.preventDefault())`)
    for (const link of await tab.$$('a')) await link.click()
    await sleep(600)
    expect((await told(6)).map(({ properties }) => properties.chat_provider)).toEqual([
      'tel',
      'sms',
      'wa.me',
      'm.me',
      't.me',
      'whatsapp.com',
    ])
  })
})

describe('signals', () => {
  it('tell of rage clicks and of the way out, once, and let the page act', async () => {
    // Asked before the plugin is there, and after; what a callback throws stays with it.
    const tab = await open(
      'signals',
      '<button>Broken</button>',
      `heard = []; weir('on', 'signal', (signal) => heard.push('early ' + signal))`,
    )
    await tab.evaluate(`weir('on', 'signal', () => { throw new Error('mine') })
      weir('on', 'signal', (signal) => heard.push(signal))
      weir('on', 'signal')`)
    await tab.click('button', { count: 2 })
    await sleep(1_200)
    expect(await tab.evaluate('heard')).toEqual([])
    await tab.click('button', { count: 3 })
    await tab.click('button', { count: 3 })
    await tab.mouse.move(300, 100)
    await tab.evaluate(
      `document.body.dispatchEvent(new MouseEvent('mouseout', { bubbles: true, clientY: -3 }))`,
    )
    expect(await tab.evaluate('heard')).toEqual([
      'early rage_click',
      'rage_click',
      'early exit_intent',
      'exit_intent',
    ])
    expect((await told(2)).map(({ name, properties }) => `${name} ${properties.signal}`)).toEqual([
      'signal rage_click',
      'signal exit_intent',
    ])
    expect(shop.faults).toEqual([])
  })

  it('tell of a shopper who is stuck on the checkout', async () => {
    const clock = `{ const later = setTimeout; setTimeout = (call, ms, ...given) => later(call, ms === 60000 ? 500 : ms, ...given) }`
    const tab = await open('signals', '', clock)
    await sleep(800)
    expect(await told(0)).toEqual([])
    await tab.evaluate(`history.pushState({}, '', '/checkout')`)
    await tab.mouse.move(10, 10)
    expect((await told(2)).find(({ name }) => name === 'signal')?.properties.signal).toBe(
      'checkout_idle',
    )
  })
})

describe('debug', () => {
  it('shows over the page what was told, refused and not answered', async () => {
    const warnings: string[] = []
    const tab = await open('debug')
    tab.on('console', (message) => warnings.push(message.text()))
    await tab.evaluate(
      `weir('product_view', { product_id: 'sku-1' }); weir('purchase', { order_id: '' })`,
    )
    const overlay = `[...document.querySelectorAll('pre')].at(-1)?.textContent`
    await tab.waitForFunction(`/purchase.*needs its order id/.test(${overlay})`)
    const text = String(await tab.evaluate(overlay))
    await tab.waitForFunction(`/site: chat,add_to_cart,purchase$/.test(${overlay})`)
    expect(text).toMatch(/product_view sku-1 stored/)
    expect(warnings.join()).toMatch(/Weir refused .*order_id_required|Weir refused/)

    storefront.proxy.weather = () => 'down'
    await tab.evaluate(`weir('add_to_cart')`)
    await tab.waitForFunction(`/No answer: blocked\\?/.test(${overlay})`, { timeout: 15_000 })
    storefront.proxy.weather = () => 'pass'
    // What this page tells is had now, whatever the server said before.
    await tab.waitForFunction(`/site: chat,purchase$/.test(${overlay})`, { timeout: 40_000 })
    await tab.click('pre')
    expect(await tab.evaluate(`document.querySelectorAll('pre').length`)).toBe(0)
    expect(shop.faults).toEqual([])
  })
})

describe('debug says what is wrong', () => {
  const overlay = `document.querySelector('pre')?.textContent`

  it('with a tag that has no key, and throws nothing at the page', async () => {
    shop.pages['/'] = page('shop', shop.tag().replace(/key=\w+/, 'with=debug'))
    const tab = await shop.open('/')
    await tab.waitForFunction(`/^No key/.test(${overlay})`)
    expect(shop.faults).toEqual([])
  })

  it('with a policy, beside that no answer came', async () => {
    const { url } = storefront.proxy
    shop.headers['content-security-policy'] =
      `script-src 'unsafe-inline' ${url}; connect-src 'self'`
    const tab = await open('debug')
    await tab.waitForFunction(`/Policy blocks/.test(${overlay})`)
    await tab.evaluate(
      `{ const now = Date.now; Date.now = () => now() + 6_000 }; weir('product_view')`,
    )
    await tab.waitForFunction(`/product_view/.test(${overlay})`)
    expect(await tab.evaluate(overlay)).toMatch(
      new RegExp(`Policy blocks ${url}/v1/\\S+\nNo answer`),
    )
  })
})

it('several plugins come in one file, unknown ones not at all', async () => {
  const tab = await open('debug,nothing,adopt,chat', '<a href="tel:+3531">call</a>')
  await tab.evaluate(`addEventListener('click', (event) => event.preventDefault())`)
  await tab.waitForSelector('pre')
  await tab.click('a')
  expect((await told(1)).map(({ name }) => name)).toEqual(['chat'])
  expect(shop.faults).toEqual([])
})

describe('pinned files', () => {
  const lines = async () => {
    const html = await (await fetch(`${storefront.weir.url}/tag`)).text()
    return [...html.matchAll(/<pre>&lt;script (.*?)>&lt;/g)].map(([, line = '']) =>
      `<script ${line.replaceAll('&quot;', '"')}></script>`.replace(/wk_…/, shop.key),
    )
  }

  it('are named with their integrity on a page, which a browser accepts', async () => {
    const [, core = '', ...plugins] = await lines()
    expect(core).toMatch(/weir\.[0-9a-f]{16}\.js\?key=wk_.*integrity="sha384-/)
    expect(plugins.length).toBe(10)
    const elements = plugins.find((line) => line.includes('weir-elements.')) ?? ''
    shop.pages['/'] = page(
      'pinned',
      core + elements,
      '<button data-weir="add_to_cart">Add</button>',
    )
    const tab = await shop.open('/')
    await tab.waitForFunction('weir.told')
    await tab.click('button')
    expect((await told(1)).map(({ name }) => name)).toEqual(['add_to_cart'])
    expect(shop.faults).toEqual([])
  })

  it('are refused with other bytes', async () => {
    const [, core = ''] = await lines()
    shop.pages['/'] = page('pinned', core.replace('sha384-', 'sha384-AAAA'))
    const tab = await shop.open('/')
    await sleep(500)
    expect(await tab.evaluate('weir.told')).toBeUndefined()
  })

  it('may be kept for ever', async () => {
    const [, core = ''] = await lines()
    const answer = await fetch(/src="([^"]+)"/.exec(core)?.[1] ?? '')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  })
})

it('the description of the API keeps to its own policy', async () => {
  const tab = await shop.tab()
  await tab.goto(`${storefront.weir.url}/docs`)
  await tab.waitForSelector('.opblock')
  expect(shop.faults).toEqual([])
})
