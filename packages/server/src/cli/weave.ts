import { setTimeout as sleep } from 'node:timers/promises'
import { count, counted } from '@weir/client/text'
import { Presets, SingleBar } from 'cli-progress'
import type { Db } from '../db/database.ts'
import { findBacklog } from '../db/find-backlog.ts'
import { migrate } from '../db/migrate.ts'
import { rebuildTimelines } from '../weave/rebuild-timelines.ts'
import { weave } from '../weave/weave.ts'
import type { Command } from './command.ts'
import { readArguments } from './read-arguments.ts'
import { withDatabase } from './with-database.ts'

const HELP = `weir weave [--rebuild] [--json]

Weaves the events that came since the last weave into timelines, which a running
Weir does by itself every second.

  --rebuild  throws all timelines away and weaves them anew from the events;
             also while servers run: questions go on, with the same answers

Works on DATABASE_URL, or on the database in WEIR_DATA_DIR.`

const OTHERS_MS = 100

const OPTIONS = {
  rebuild: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const

export const weaveCommand: Command = {
  summary: 'make timelines of events; --rebuild makes all of them anew',
  help: HELP,
  async run(args, { config, note, print }) {
    const { values } = readArguments(args, OPTIONS)
    const say = (sentence: string) => note(`  ${sentence}`)
    await withDatabase(config(), say, async (db) => {
      await migrate(db.url)
      const events = values.rebuild ? await rebuild(db) : await weaveOpen(db)
      const { unwoven } = await findBacklog(db.reports)
      if (values.json) return print(JSON.stringify({ woven: events, waiting: unwoven }))
      const rest =
        unwoven > 0 ? ` ${count(unwoven)} came meanwhile, and are in every answer too.` : ''
      print(`  ${counted(events, 'event')} woven.${rest}`)
    })
  },
}

/** Until what is open now is woven, by us or by the server that weaves already. */
async function weaveOpen(db: Db): Promise<number> {
  const newest = await newestBatch(db)
  let events = 0
  while (await isOpen(db, newest)) {
    const woven = await weave(db.timelines)
    const [failure] = woven.failures
    if (failure) throw failure
    events += woven.events
    if (woven.events === 0) await sleep(OTHERS_MS)
  }
  return events
}

async function newestBatch({ reports }: Db): Promise<number> {
  const { newest } = await reports
    .selectFrom('batches')
    .select(({ fn }) => fn.max('batch_id').as('newest'))
    .executeTakeFirstOrThrow()
  return newest ?? 0
}

async function isOpen({ reports }: Db, newest: number): Promise<boolean> {
  const open = await reports
    .selectFrom('batches')
    .select('batch_id')
    .where('woven', 'is', null)
    .where('batch_id', '<=', newest)
    .limit(1)
    .executeTakeFirst()
  return open !== undefined
}

async function rebuild(db: Db): Promise<number> {
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
  let woven = 0
  bar.start(0, 0)
  await rebuildTimelines(db, (done, total) => {
    woven = done
    bar.setTotal(total)
    bar.update(done)
  }).finally(() => bar.stop())
  return woven
}
