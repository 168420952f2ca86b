/** `npm run weave -- --rebuild`: throws the timelines away and weaves them anew, also while servers run. */
import { Presets, SingleBar } from 'cli-progress'
import { migrate } from '../db/migrate.ts'
import { run } from '../run.ts'
import { openConfigured } from '../weir.ts'
import { rebuildTimelines } from './rebuild-timelines.ts'

await run(async (config, started) => {
  if (process.argv.slice(2).join(' ') !== '--rebuild') throw new Error('Usage: weave --rebuild')
  const database = await openConfigured(config, (sentence) => console.log(`  ${sentence}`))
  started(() => database.close())
  await migrate(database.db.reports)
  const bar = new SingleBar(
    {
      format: '  Timelines  {bar}  {value} of {total} events, {duration_formatted}',
      barsize: 30,
      hideCursor: true,
      clearOnComplete: false,
      noTTYOutput: true,
      notTTYSchedule: 1_000,
    },
    Presets.shades_classic,
  )
  bar.start(0, 0)
  await rebuildTimelines(database.db, (done, total) => {
    bar.setTotal(total)
    bar.update(done)
  }).finally(() => bar.stop())
  await database.close()
  // The client's time limit of every COPY would keep the process for a minute.
  process.exit(0)
})
