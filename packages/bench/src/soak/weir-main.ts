/** A Weir whose clock runs fast; its arguments are when that began, and how fast. */
import { run } from '../../../server/src/start/run.ts'
import { startWeir } from '../../../server/src/weir.ts'
import { nowOf } from './clock.ts'

const [began = 0, speed = 1] = process.argv.slice(2).map(Number)
const HOUSEKEEPING_MS = 6 * 3_600_000

await run(async (config, started) => {
  const starting = startWeir(config, undefined, {
    now: nowOf({ began, speed }),
    housekeeping_ms: HOUSEKEEPING_MS / speed,
  })
  const weir = await started(starting, (own) => own.stop())
  console.log(weir.url)
})
