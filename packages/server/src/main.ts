/** `npm start`: the process. */
import { BANNER } from './banner.ts'
import { firstStart } from './first-start.ts'
import { run } from './run.ts'
import { startWeir } from './weir.ts'

await run(async (config, started) => {
  const weir = await startWeir(config, (sentence) => console.log(`  ${sentence}`))
  started(() => weir.stop())
  const first = await firstStart(weir.db, config)
  console.log(BANNER.running(weir.url))
  if (first) console.log(BANNER.firstStart(weir.url, first))
})
