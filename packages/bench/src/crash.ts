/** The ledger test for as long as one likes; fails unless everything that was acknowledged is there, once. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ledgerTest } from './crash/ledger-test.ts'
import { HOME } from './home.ts'

export async function crash({ seconds, seed }: { seconds: number; seed: number }): Promise<void> {
  const data_dir = join(HOME, 'crash')
  await rm(data_dir, { recursive: true, force: true })
  const { verdict, journal, harms, recoveries } = await ledgerTest({
    data_dir,
    seconds,
    seed,
    onHarm: (harm, { acknowledged, in_flight }) =>
      console.log(`  ${harm.padEnd(18)} ${acknowledged.size} acknowledged, ${in_flight} under way`),
  })
  await rm(data_dir, { recursive: true, force: true })
  const { stored, ...faults } = verdict
  console.log({
    seed,
    harms: harms.length,
    recoveries,
    issued: journal.issued.size,
    acknowledged: journal.acknowledged.size,
    refused: journal.refused.size,
    unanswered: journal.unanswered,
    stored,
    ...faults,
    wrong_answers: journal.wrong.slice(0, 5),
  })
  const failed = Object.values(faults).some((count) => count > 0) || journal.wrong.length > 0
  console.log(failed ? 'The ledger does not agree.' : 'Every acknowledged event is there, once.')
  if (failed) process.exitCode = 1
}
