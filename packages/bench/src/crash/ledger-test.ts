/**
 * The ledger test: what was acknowledged is in Postgres, once, whatever is killed.
 * 1. Senders send without a pause, and write down what they issued and what they were told.
 * 2. Every second to three something is killed, stopped, frozen or cut: see harms.ts. Nobody waits until it
 *    has come back: what is starting is harmed too.
 * 3. At the end all is woven, and the database compared with what the senders wrote down.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { chanceFrom } from '../../../server/src/demo/random.ts'
import { startEmbedded } from '../../../server/src/postgres/embedded.ts'
import { makeSite } from '../ingest/make-site.ts'
import { makeDatabase } from '../load/make-database.ts'
import { HARMS, type Harm, type Victims } from './harms.ts'
import { type Journal, newJournal } from './journal.ts'
import { openProxy } from './proxy.ts'
import { startSenders } from './senders.ts'
import { startServerProcess } from './server-process.ts'
import { judge, type Verdict } from './verdict.ts'

export interface LedgerOptions {
  data_dir: string
  seconds: number
  seed: number
  /** The server's entry; a broken one, to see that the test fails. */
  main?: string
  /** What is done, each once before chance decides; everything, unless this says less. */
  harms?: readonly Harm[]
  onHarm?: (harm: Harm, journal: Journal) => void
}

/** A harm that was done: when, how many requests had no answer then, and whose processes lived. */
export interface DoneHarm {
  harm: Harm
  at_ms: number
  /** Whether the server answered then, or was starting. */
  up: boolean
  in_flight: number
  server: number
  postgres: number
}

export interface LedgerResult {
  verdict: Verdict
  journal: Journal
  harms: DoneHarm[]
  /** How often Postgres said that it recovers from a crash. */
  recoveries: number
}

const KILL_EVERY_MS = { least: 1_000, most: 3_000 }
/** How many harms in a row may hit a server that starts: if all did, it would never have anything to lose. */
const MOST_WHILE_STARTING = 2
const WOVEN_WITHIN_MS = 60_000

export async function ledgerTest(options: LedgerOptions): Promise<LedgerResult> {
  const { data_dir, seconds, seed, main, onHarm = () => undefined } = options
  const { harms: chosen = Object.keys(HARMS).filter(isHarm) } = options
  const postgres = await startEmbedded({ dataDir: data_dir })
  const stops = [() => postgres.stop()]
  try {
    const direct = await makeDatabase(postgres.url, 'ledger')
    const proxy = await openProxy(Number(new URL(direct).port))
    stops.push(async () => proxy.close())
    const through = new URL(direct)
    through.port = String(proxy.port)
    const server = await startServerProcess(through.href, main)
    stops.push(() => server.stop())
    const { write: key } = await makeSite(direct)

    const journal = newJournal()
    const senders = startSenders({ url: () => server.url, key, seed }, journal)
    stops.push(() => senders.stop())
    const harms = await harmAll(
      { server, postgres, proxy },
      { seconds, seed, harms: chosen },
      journal,
      onHarm,
    )
    await senders.stop()
    await untilWoven(direct)
    const log = await readFile(join(data_dir, 'postgres', 'log'), 'utf8')
    return {
      verdict: await judge(direct, journal),
      journal,
      harms,
      recoveries: log.split('automatic recovery in progress').length - 1,
    }
  } finally {
    for (const stop of stops.reverse()) await stop()
  }
}

async function harmAll(
  victims: Victims,
  { seconds, seed, harms }: { seconds: number; seed: number; harms: readonly Harm[] },
  journal: Journal,
  onHarm: (harm: Harm, journal: Journal) => void,
): Promise<DoneHarm[]> {
  const chance = chanceFrom(seed)
  const { server, postgres } = victims
  const done: DoneHarm[] = []
  const recovering: Promise<void>[] = []
  const all = harms.map((harm) => [harm, HARMS[harm][0]] as const)
  const began = Date.now()
  // Each once, then as chance has it.
  const first = [...harms]
  let whileStarting = 0
  while (Date.now() < began + seconds * 1_000 || first.length > 0) {
    await sleep(chance.between(KILL_EVERY_MS.least, KILL_EVERY_MS.most))
    if (whileStarting === MOST_WHILE_STARTING) await server.untilUp()
    const up = server.isUp()
    whileStarting = up ? 0 : whileStarting + 1
    const harm = first.shift() ?? chance.pick(all)
    onHarm(harm, journal)
    done.push({
      harm,
      at_ms: Date.now() - began,
      up,
      in_flight: journal.in_flight,
      server: server.pid(),
      postgres: postgres.pid(),
    })
    recovering.push(HARMS[harm][1](victims))
  }
  await Promise.all([server.untilUp(), ...recovering])
  return done
}

const isHarm = (name: string): name is Harm => name in HARMS

async function untilWoven(database_url: string): Promise<void> {
  const client = new Client({ connectionString: database_url })
  await client.connect()
  try {
    for (const giveUp = Date.now() + WOVEN_WITHIN_MS; Date.now() < giveUp; await sleep(200)) {
      const { rowCount } = await client.query('select from batches where woven is null limit 1')
      if (rowCount === 0) return
    }
    throw new Error('not everything was woven within a minute')
  } finally {
    await client.end()
  }
}
