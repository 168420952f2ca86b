/** `npm run demo`: Weir with a sample shop and a month of its visitors. */
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { run } from '../run.ts'
import { startWeir, type Weir } from '../weir.ts'
import { demoBanner } from './banner.ts'
import { ensureDemoSite } from './demo-site.ts'
import { readProducts } from './products.ts'
import { sendAll } from './send.ts'
import { serveShop } from './shop.ts'
import { DEMO_DAYS, demoTraffic } from './traffic.ts'

const DAY_MS = 86_400_000

await run(async (config) => {
  const demo = { ...config, data_dir: join(config.data_dir, 'demo') }
  const weir = await startWeir(demo, (sentence) => console.log(`  ${sentence}`))
  try {
    const shop = await openShop(weir, config.port)
    return async () => {
      await shop.close()
      await weir.stop()
    }
  } catch (error) {
    await weir.stop()
    throw error
  }
})

/** The shop with its month of visitors, which is sent once. */
async function openShop(weir: Weir, port: number): Promise<FastifyInstance> {
  const { keys, is_new } = await ensureDemoSite(weir.db.reports)
  const midnight = Math.floor(Date.now() / DAY_MS) * DAY_MS
  if (is_new) await sendAll(weir.url, keys.secret, demoTraffic(midnight, await readProducts()))
  const shop = await serveShop({
    port: port === 0 ? 0 : port + 1,
    weir_url: weir.url,
    write_key: keys.write,
  })
  console.log(
    demoBanner({ weir: weir.url, shop: shop.url, keys, from: midnight - DEMO_DAYS * DAY_MS }),
  )
  return shop.app
}
