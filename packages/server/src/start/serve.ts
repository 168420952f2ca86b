import { startWeir } from '../weir.ts'
import { BANNER } from './banner.ts'
import { type FirstStart, firstStart } from './first-start.ts'
import { run } from './run.ts'

/** Where it runs, and what is shown once. */
export type Told = { url: string; first: FirstStart | null }

/** Runs Weir as the configuration says, until a signal ends the process. */
export async function serve(tell: (told: Told) => void = showBanner): Promise<void> {
  await run(async (config, started) => {
    const starting = startWeir(config, (sentence) => console.error(`  ${sentence}`))
    const weir = await started(starting, (own) => own.stop())
    tell({ url: weir.url, first: await firstStart(weir.db, config) })
  })
}

function showBanner({ url, first }: Told): void {
  console.log(BANNER.running(url))
  if (first) console.log(BANNER.firstStart(url, first))
}
