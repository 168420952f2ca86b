import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { page, type Shop, type Storefront, sleep, startStorefront, until } from './storefront.ts'

let storefront: Storefront
let shop: Shop
beforeAll(async () => {
  storefront = await startStorefront()
})
beforeEach(async () => {
  shop = await storefront.newShop()
})
afterAll(() => storefront.stop())

const viewed = async (count: number) => {
  await shop.names(count)
  return (await shop.stored()).map(({ name, properties }) => `${name} ${properties.path}`)
}

describe.each([
  ['with the Navigation API', ''],
  ['without it', '<script>delete window.navigation</script>'],
])('a single-page application %s', (_, patch) => {
  let tab: Page
  beforeEach(async () => {
    shop.pages['/'] = page('home', patch + shop.tag())
    tab = await shop.open('/?utm_source=news')
    await tab.waitForFunction('weir.told')
  })

  it('is viewed at each new path, by push, replace and back', async () => {
    await tab.evaluate(`history.pushState({}, '', '/p/1')`)
    await sleep(1_300)
    await tab.evaluate(`history.replaceState({}, '', '/p/2')`)
    await sleep(1_300)
    await tab.evaluate('history.back()')
    expect(await viewed(4)).toEqual(['view /', 'view /p/1', 'view /p/2', 'view /'])
    expect(shop.faults).toEqual([])
  })

  it('is not viewed again at another query or hash', async () => {
    await tab.evaluate(`history.replaceState({}, '', '/?color=blue'); location.hash = 'reviews'`)
    await sleep(1_200)
    expect(await viewed(1)).toEqual(['view /'])
  })

  it('is viewed under the title that the application sets a little later', async () => {
    await tab.evaluate(
      `history.pushState({}, '', '/p/1'); setTimeout(() => { document.title = 'One' }, 50)`,
    )
    await shop.names(2)
    expect((await shop.stored())[1]?.properties.title).toBe('One')
  })

  it('is viewed before what is done there at once', async () => {
    await tab.evaluate(`history.pushState({}, '', '/p/1'); weir('product_view')`)
    expect(await viewed(3)).toEqual(['view /', 'view /p/1', 'product_view /p/1'])
  })

  it('is viewed before it is left at once', async () => {
    await tab.evaluate(`history.pushState({}, '', '/p/1')`)
    await tab.goto('about:blank')
    expect(await viewed(2)).toEqual(['view /', 'view /p/1'])
  })

  it('is no arrival again', async () => {
    await tab.evaluate(`history.pushState({}, '', '/p/1')`)
    await shop.names(2)
    const events = shop.seen().flatMap(({ body }) => JSON.parse(body).events)
    expect(events.map(({ context }) => context.referrer)).toEqual([
      '',
      `${shop.url}/?utm_source=news`,
    ])
  })
})

/** Prerenders /next from /, says so when it is done, and follows a link to it when told. */
const prerendering = (path: string) =>
  page(
    'home',
    `${shop.tag()}<script type="speculationrules">{"prerender":[{"source":"list","urls":["${path}"]}]}</script>`,
    `<a href="${path}">next</a>`,
  )

it('counts a prerendered page when it is shown, never before', async () => {
  shop.pages['/'] = prerendering('/next')
  shop.pages['/next'] = page(
    'next',
    `<script>weir('product_view'); prerendered = document.prerendering; onload = () => fetch('/loaded')</script>${shop.tag()}`,
  )
  const tab = await shop.open('/')
  await until(() => shop.asked.includes('/loaded'))
  await sleep(1_000)
  expect(await viewed(1)).toEqual(['view /'])
  const shown = Date.now()
  // The activated page takes the place of the frame that puppeteer holds: what it says meanwhile fails.
  await tab.evaluate(`document.querySelector('a').click()`).catch(() => {})
  const prerendered = () => tab.evaluate('window.prerendered').catch(() => false)
  let said: unknown
  await until(async () => {
    said = await prerendered()
    return said === true
  })
  expect(said).toBe(true)
  expect(await viewed(3)).toEqual(['view /', 'view /next', 'product_view /next'])
  for (const { at } of (await shop.stored()).slice(1)) expect(at).toBeGreaterThanOrEqual(shown)
  expect(shop.faults).toEqual([])
})
