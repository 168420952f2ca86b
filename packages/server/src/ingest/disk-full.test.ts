/** What happens to a running Weir whose disk is full: nothing is lost, and it recovers by itself. */
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, expect, it } from 'vitest'
import { makeDataDir } from '../postgres/test/make-data-dir.ts'
import { mountTmpfs, unmount } from '../postgres/test/mount-tmpfs.ts'
import { insertSite } from '../sites/sites.ts'
import { readJson } from '../testing.ts'
import { startWeir } from '../weir.ts'

const data_dir = await makeDataDir(async (cleanUp) => {
  afterAll(async () => {
    if (mounted) unmount(data_dir)
    await cleanUp()
  })
})
await mkdir(data_dir)
const mounted = mountTmpfs(data_dir, 'size=400m')

const BATCH = 500
const PADDING = 'x'.repeat(1_000)
const RECOVERS_WITHIN_MS = 60_000

it.runIf(mounted)(
  'refuses with 503 while its disk is full, keeps what it acknowledged, and goes on (needs root and tmpfs)',
  async () => {
    const config = { port: 0, host: '127.0.0.1', database_url: null, admin_key: null, threads: 1 }
    const others = { trust_proxy: false, rate_limit: null, retention_days: null } as const
    const weir = await startWeir({ ...config, ...others, data_dir, log_level: 'silent' })
    try {
      const made = { name: 'Full', time_zone: 'UTC', origins: null }
      const { write: key } = (await insertSite(weir.db.reports, made)).keys
      let batch = 0
      let acknowledged = 0
      const send = async (): Promise<number> => {
        const events = Array.from({ length: BATCH }, (_, number) => ({
          ...{ name: 'view', at: Date.now(), seq: batch * BATCH + number },
          properties: { padding: PADDING + number },
        }))
        batch++
        const body = JSON.stringify({ key, visitor_id: `v-${batch}`, events: events.slice(0, 400) })
        const response = await fetch(`${weir.url}/v1/events`, { method: 'POST', body })
        if (response.status !== 202) {
          expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
          return response.status
        }
        const { accepted, rejected } = await readJson<{ accepted: number; rejected: [] }>(response)
        expect(rejected).toEqual([])
        acknowledged += accepted
        return response.status
      }

      expect(await send()).toBe(202)
      const filler = join(data_dir, 'filler')
      const { bavail, bsize } = await statfs(data_dir)
      await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - 2_000_000)))
      const statuses = new Set<number>()
      while (!statuses.has(503)) statuses.add(await send())
      for (let again = 0; again < 10; again++) statuses.add(await send())
      expect([...statuses].filter((status) => status !== 202)).toEqual([503])

      await rm(filler)
      const giveUp = Date.now() + RECOVERS_WITHIN_MS
      while ((await send()) !== 202 && Date.now() < giveUp) await sleep(200)
      expect(await send()).toBe(202)

      const client = new Client({ connectionString: weir.db.url })
      await client.connect()
      const { rows } = await client.query(`
        select
          (select count(*)::int from events) as events,
          (select sum(events)::int from batches) as counted`)
      await client.end()
      expect(rows[0].counted).toBe(rows[0].events)
      expect(rows[0].events).toBeGreaterThanOrEqual(acknowledged)
    } finally {
      await weir.stop()
    }
  },
  180_000,
)
