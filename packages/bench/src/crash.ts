/** The ledger test for as long as one likes; fails unless everything that was acknowledged is there, once. */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ledgerTest } from './crash/ledger-test.ts'
import { pageOf } from './crash/page.ts'
import { HOME, RESULTS } from './home.ts'
import { machine } from './report/machine.ts'

export interface CrashOptions {
  seconds: number
  seed: number
  command: string
}

export async function crash({ seconds, seed, command }: CrashOptions): Promise<void> {
  const data_dir = join(HOME, 'crash')
  await rm(data_dir, { recursive: true, force: true })
  const { journal, ...result } = await ledgerTest({
    data_dir,
    seconds,
    seed,
    onHarm: (harm, { acknowledged, in_flight }) =>
      console.log(`  ${harm.padEnd(18)} ${acknowledged.size} acknowledged, ${in_flight} under way`),
  })
  await rm(data_dir, { recursive: true, force: true })
  const page = pageOf({
    ...result,
    date: new Date().toISOString(),
    command,
    machine: machine(),
    seconds,
    issued: journal.issued.size,
    acknowledged: journal.acknowledged.size,
    refused: journal.refused.size,
    unanswered: journal.unanswered,
    wrong_answers: journal.wrong,
  })
  console.log(`\n${page}`)
  await mkdir(RESULTS, { recursive: true })
  await writeFile(new URL('crash.md', RESULTS), page)
  const { stored: _, ...faults } = result.verdict
  const failed = Object.values(faults).some((count) => count > 0) || journal.wrong.length > 0
  if (failed) console.log(journal.wrong.slice(0, 5))
  console.log(failed ? 'The ledger does not agree.' : 'Every acknowledged event is there, once.')
  if (failed) process.exitCode = 1
}
