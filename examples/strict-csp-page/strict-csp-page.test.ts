import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Example, startExample } from '../../packages/sdk/test/example.ts'

let page: Example
beforeAll(async () => {
  page = await startExample('strict-csp-page')
})
afterAll(() => page.stop())

it('is measured under its policy, attributes included, and nothing is blocked', async () => {
  const { tab } = page
  const loaded = tab.waitForResponse((answer) => answer.url().includes('weir-elements.js'))
  const answer = await tab.goto(`${page.url}/`)
  expect(answer?.headers()['content-security-policy']).toContain('require-trusted-types-for')
  await loaded
  await new Promise((resolve) => setTimeout(resolve, 200))
  await tab.click('[data-weir]')
  await tab.click('#chat')
  const stored = await page.stored(3)
  expect(stored.map(({ name }) => name)).toEqual(['view', 'add_to_cart', 'chat'])
  expect(stored[1]?.properties).toMatchObject({
    product_id: 'mill-blanket',
    price: '79',
    currency: 'EUR',
  })
  expect(page.faults).toEqual([])
})
