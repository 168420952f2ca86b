import { BANNER } from './banner.ts'
import { firstStart } from './first-start.ts'
import { run } from './run.ts'
import { startWeir } from './weir.ts'

await run(async (config) => {
  const weir = await startWeir(config, (sentence) => console.log(sentence))
  const first = await firstStart(weir.db, config)
  console.log(BANNER.running(weir.url))
  if (first) console.log(BANNER.firstStart(weir.url, first))
  return () => weir.stop()
})
