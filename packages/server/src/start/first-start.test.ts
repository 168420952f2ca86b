import { afterAll, beforeAll, expect, it } from 'vitest'
import { call } from '../call.fixture.ts'
import { startTestWeir, type TestWeir } from '../testing.ts'
import { ensureAdminKey } from './first-start.ts'

let weir: TestWeir
beforeAll(async () => {
  weir = await startTestWeir({ weaving: false })
})
afterAll(() => weir.stop())

it('knows no admin key but the one that it is started with, which may be changed, and changed back', async () => {
  const [one, two] = [`ak_${'a'.repeat(32)}`, `ak_${'b'.repeat(32)}`]
  const statuses = () =>
    Promise.all(
      [weir.keys.admin, one, two].map(
        async (key) => (await call(weir, 'GET', '/v1/sites', { key })).status,
      ),
    )
  await ensureAdminKey(weir.db, { admin_key: null })
  expect(await statuses()).toEqual([200, 401, 401])
  await ensureAdminKey(weir.db, { admin_key: one })
  expect(await statuses()).toEqual([401, 200, 401])
  await ensureAdminKey(weir.db, { admin_key: two })
  expect(await statuses()).toEqual([401, 401, 200])
  await ensureAdminKey(weir.db, { admin_key: one })
  expect(await statuses()).toEqual([401, 200, 401])
})
