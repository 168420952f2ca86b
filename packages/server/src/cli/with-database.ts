import { join } from 'node:path'
import closeWithGrace from 'close-with-grace'
import type { Config } from '../config.ts'
import { type Db, openDatabase } from '../db/database.ts'
import { PostgresProblem } from '../postgres/embedded.ts'
import { findRunning, hasCluster } from '../postgres/find-running.ts'
import { openConfigured } from '../weir.ts'

const CLOSE_MS = 20_000

/**
 * Works on the database of this machine. One that a running Weir keeps is shared with it; one that nobody
 * runs is started, and stopped again, also at Ctrl-C. None is ever made: that is what `weir start` does.
 */
export async function withDatabase<T>(
  config: Config,
  say: (sentence: string) => void,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  await checkThere(config)
  const database = await openShared(config, say)
  const grace = closeWithGrace({ delay: CLOSE_MS, logger: false }, () => database.close())
  try {
    return await work(database.db)
  } finally {
    grace.uninstall()
    await database.close()
  }
}

async function openShared(config: Config, say: (sentence: string) => void) {
  try {
    return await openConfigured(config, say)
  } catch (error) {
    if (!(error instanceof PostgresProblem) || error.code !== 'in_use') throw error
    const url = await findRunning(config.data_dir)
    if (url === undefined)
      throw new Error(`A Weir starts on ${config.data_dir} just now. Try again.`)
    const db = openDatabase(url)
    return { db, close: () => db.close() }
  }
}

async function checkThere({ database_url, data_dir }: Config): Promise<void> {
  if (database_url !== null || (await hasCluster(data_dir))) return
  const demo = join(data_dir, 'demo')
  const hint = (await hasCluster(demo)) ? ` The demo's is in ${demo}: set WEIR_DATA_DIR to it.` : ''
  throw new Error(
    `There is no database in ${data_dir}: \`npx weir start\` makes one. If it is elsewhere, set DATABASE_URL or WEIR_DATA_DIR.${hint}`,
  )
}
