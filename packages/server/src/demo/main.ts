/** `npm run demo`: Weir with a sample shop and a month of its visitors. */
import { join } from 'node:path'
import { ensureAdminKey } from '../start/first-start.ts'
import { run } from '../start/run.ts'
import { startWeir } from '../weir.ts'
import { demoBanner } from './banner.ts'
import { DEMO_KEYS, ensureDemoSite } from './demo-site.ts'
import { readProducts } from './products.ts'
import { sendAll } from './send.ts'
import { serveShop } from './shop.ts'
import { DEMO_DAYS, DEMO_EVENTS, demoTraffic } from './traffic.ts'

const DAY_MS = 86_400_000

await run(async (config, started) => {
  const demo = { ...config, data_dir: join(config.data_dir, 'demo') }
  const starting = startWeir(demo, (sentence) => console.log(`  ${sentence}`))
  const weir = await started(starting, (own) => own.stop())
  await ensureAdminKey(weir.db, config)
  const serving = serveShop({
    port: config.port === 0 ? 0 : config.port + 1,
    weir_url: weir.url,
    write_key: DEMO_KEYS.write,
  })
  const shop = await started(serving, (own) => own.close())
  const site = await ensureDemoSite(weir.db.reports)
  // A start that was interrupted is completed: what is there already is a duplicate.
  if (site.events < DEMO_EVENTS) {
    const month = demoTraffic(site.midnight, await readProducts())
    await sendAll(weir.url, DEMO_KEYS.secret, month)
  }
  const from = site.midnight - DEMO_DAYS * DAY_MS
  console.log(demoBanner({ weir: weir.url, shop: shop.url, keys: DEMO_KEYS, from }))
})
