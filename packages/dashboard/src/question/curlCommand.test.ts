import { expect, it } from 'vitest'
import { ratesAddress } from './apiAddress.ts'
import { curlCommand } from './curlCommand.ts'

it('cannot be broken out of by a value in the address', () => {
  const address = ratesAddress({
    from: "a'; rm -rf /",
    to: '$(id)',
    target: '`id`',
    stage: null,
    breakdown: null,
    compare: "'",
    definition: null,
    interval: null,
  })
  const quoted = curlCommand('https://weir.shop.example', address).split("'")
  expect(quoted).toHaveLength(3)
  expect(quoted[0]).toBe('curl -H "Authorization: Bearer $WEIR_KEY" ')
})
