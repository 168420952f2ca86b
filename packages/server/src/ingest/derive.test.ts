/** What is told of an event by its page, its sender and where the visitor came from. */
import { describe, expect, it } from 'vitest'
import { NOON, openShop, view } from './test/shop.ts'

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'

const shop = openShop()
const { send, query, stored } = shop

describe('what is told of an event', () => {
  const context = {
    url: 'https://shop.example/p/blue-shirt?size=40&utm_source=news#token=secret',
    referrer: '',
    title: 'Blue shirt',
    screen: '1440x900',
    time_zone: 'Europe/Berlin',
    language: 'de',
  }

  it('is where, on what, and in which country and language', async () => {
    await send(shop.keys.write, [view()], { context }, { 'user-agent': CHROME })
    expect((await stored())[0]?.properties).toEqual({
      host: 'shop.example',
      path: '/p/blue-shirt',
      title: 'Blue shirt',
      screen: '1440x900',
      country: 'DE',
      language: 'de',
      device: 'desktop',
      browser: 'Chrome',
      os: 'Windows',
      utm_source: 'news',
      channel: 'referral',
    })
  })

  it('comes from the header for a page, from the context for a server', async () => {
    const shopper = { context: { ...context, user_agent: IPHONE } }
    await send(shop.keys.write, [view({ seq: 1 })], shopper, { 'user-agent': CHROME })
    await send(shop.keys.secret, [view({ seq: 2 })], shopper, { 'user-agent': CHROME })
    await send(shop.keys.secret, [view({ seq: 3 })], { context }, { 'user-agent': CHROME })
    const rows = await query(
      `select properties -> 'os' as os, properties -> 'device' as device
         from events where site_id = $1 order by seq`,
      [shop.id],
    )
    expect(rows).toEqual([
      { os: 'Windows', device: 'desktop' },
      { os: 'iOS', device: 'mobile' },
      { os: null, device: null },
    ])
  })

  it('is that it was a bot, where its name says so and the page does not deny it', async () => {
    const googlebot = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'
    await send(shop.keys.write, [view({ at: NOON - 3 })], {}, { 'user-agent': googlebot })
    await send(shop.keys.write, [view({ at: NOON - 2 })], {}, { 'user-agent': CHROME })
    const denied = view({ at: NOON - 1, properties: { bot: false } })
    await send(shop.keys.write, [denied], {}, { 'user-agent': googlebot })
    const bots = (await stored()).map(({ properties }) => properties.bot ?? false)
    expect(bots).toEqual([true, false, false])
  })

  it('gives way to what the event says itself, which is stored once', async () => {
    await send(shop.keys.write, [view({ properties: { path: '/mine', os: 'mine' } })], { context })
    const rows = await query(
      `select
         properties ->> 'path' as path,
         (select count(*) - count(distinct name) from json_object_keys(properties) as name) as twice
       from events where site_id = $1`,
      [shop.id],
    )
    expect(rows).toEqual([{ path: '/mine', twice: 0 }])
  })

  it('stands in the event’s own context first', async () => {
    const own = { url: 'https://shop.example/cart', language: 'fr' }
    await send(shop.keys.write, [view({ visitor_id: 'v-2', stream: 's-2', context: own })], {
      context,
      stream: 's-1',
    })
    expect(await stored()).toMatchObject([
      {
        visitor_id: 'v-2',
        stream: 's-2',
        properties: { path: '/cart', language: 'fr', country: 'DE', title: 'Blue shirt' },
      },
    ])
  })

  it('is never a query, a fragment, a password, or the path of a referrer', async () => {
    const secret = 'c0ffee'
    await send(shop.keys.write, [view()], {
      context: {
        url: `https://${secret}:${secret}@shop.example/p?token=${secret}&gclid=${secret}#${secret}`,
        referrer: `https://mail.example/${secret}?q=${secret}#${secret}`,
      },
    })
    const [event] = await stored()
    expect(event?.properties).toMatchObject({ host: 'shop.example', path: '/p', click_id: 'gclid' })
    expect(JSON.stringify(event)).not.toContain(secret)
    const rows = await query('select events::text as text from events where site_id = $1', [
      shop.id,
    ])
    expect(JSON.stringify(rows)).not.toContain(secret)
  })

  it('is never the address of the sender', async () => {
    await send(shop.keys.write, [view()], { context }, { 'x-forwarded-for': '203.0.113.7' })
    expect(JSON.stringify(await stored())).not.toMatch(/203\.0\.113\.7|127\.0\.0\.1/)
  })
})

describe('an arrival', () => {
  const SHOP = 'https://shop.example/'
  it.each([
    { what: 'directly', want: {} },
    { what: 'on the next page', referrer: `${SHOP}p/1`, want: {} },
    { what: 'from nowhere known', referrer: 'android-app://com.example', want: {} },
    { what: 'with other parameters', query: 'size=40&ref=home', want: {} },
    {
      what: 'from Google',
      referrer: 'https://www.google.com/',
      want: { channel: 'organic_search', referrer_host: 'www.google.com' },
    },
    {
      what: 'from DuckDuckGo',
      referrer: 'https://duckduckgo.com/',
      want: { channel: 'organic_search', referrer_host: 'duckduckgo.com' },
    },
    {
      what: 'from a search that was paid',
      query: 'utm_source=google&utm_medium=cpc&utm_campaign=autumn&utm_term=kettle&utm_content=a',
      want: {
        channel: 'paid_search',
        utm_source: 'google',
        utm_medium: 'cpc',
        utm_campaign: 'autumn',
        utm_term: 'kettle',
        utm_content: 'a',
      },
    },
    {
      what: 'with a gclid',
      query: 'gclid=abc',
      referrer: 'https://www.google.com/',
      want: { channel: 'paid_search', click_id: 'gclid', referrer_host: 'www.google.com' },
    },
    {
      what: 'with a msclkid',
      query: 'msclkid=abc',
      want: { channel: 'paid_search', click_id: 'msclkid' },
    },
    { what: 'with a fbclid', query: 'fbclid=abc', want: { channel: 'social', click_id: 'fbclid' } },
    {
      what: 'from a newsletter',
      query: 'utm_source=newsletter&utm_medium=email&utm_campaign=autumn',
      want: {
        channel: 'email',
        utm_source: 'newsletter',
        utm_medium: 'email',
        utm_campaign: 'autumn',
      },
    },
    {
      what: 'from Instagram, paid',
      query: 'utm_source=instagram&utm_medium=paid_social',
      referrer: 'https://l.instagram.com/',
      want: {
        channel: 'paid_social',
        utm_source: 'instagram',
        utm_medium: 'paid_social',
        referrer_host: 'l.instagram.com',
      },
    },
    {
      what: 'from Instagram',
      referrer: 'https://l.instagram.com/',
      want: { channel: 'social', referrer_host: 'l.instagram.com' },
    },
    {
      what: 'from a banner',
      query: 'utm_source=rivernews&utm_medium=display',
      want: { channel: 'display', utm_source: 'rivernews', utm_medium: 'display' },
    },
    {
      what: 'from a partner',
      query: 'utm_source=canoes&utm_medium=affiliate',
      want: { channel: 'affiliate', utm_source: 'canoes', utm_medium: 'affiliate' },
    },
    {
      what: 'from a blog',
      referrer: 'https://rivers.example/canoes?page=2',
      want: { channel: 'referral', referrer_host: 'rivers.example' },
    },
  ])('$what is told so', async ({ query = '', referrer = '', want }) => {
    const url = `${SHOP}?${query}`
    await send(
      shop.keys.write,
      [view({ context: { url, referrer } })],
      {},
      { 'user-agent': CHROME },
    )
    const [event] = await stored()
    const { host, path, device, browser, os, ...arrival } = event?.properties ?? {}
    expect({ host, path, device, browser, os }).toEqual({
      host: 'shop.example',
      path: '/',
      device: 'desktop',
      browser: 'Chrome',
      os: 'Windows',
    })
    expect(arrival).toEqual(want)
  })
})
