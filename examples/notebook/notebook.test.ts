import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startDemoWeir } from '../../packages/server/src/demo/demo-weir.fixture.ts'
import type { TestWeir } from '../../packages/server/src/testing.ts'

const SCRIPT = fileURLToPath(new URL('notebook.ts', import.meta.url))

let weir: TestWeir
beforeAll(async () => {
  weir = await startDemoWeir()
}, 120_000)
afterAll(() => weir.stop())

it('prints the month, its devices, and whether two weeks differ', async () => {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', SCRIPT, '2026-10-01', '2026-11-01'],
    { env: { PATH: process.env.PATH, WEIR_URL: weir.url, WEIR_KEY: 'rk_demo' } },
  )
  expect(stderr).toBe('')
  const printed = stdout.replaceAll('\u202f', ' ')
  expect(printed).toMatch(/'purchase' +│ 488 +│ '4\.4 %' +│ '44\.9 %'/)
  expect(printed).toContain(
    '488 of 11,069 visitors who entered at view reached purchase within 7d.',
  )
  expect(printed).toContain('€24,942.00 in 488 orders')
  expect(printed).toMatch(/'mobile' +│ 115 +│ 6457 +│ '1\.8 %' +│ '1\.5 – 2\.1 %'/)
  expect(printed).toMatch(
    /'purchase' +│ '-?\d\.\d\d' +│ '-?\d\.\d\d' +│ '-?\d\.\d\d' +│ '(may be|no)'/,
  )
})
