import type { Config } from '../config.ts'
import type { Db } from '../db/database.ts'
import { listSites } from '../sites/sites.ts'
import { checkClock } from './check-clock.ts'
import { checkDisk } from './check-disk.ts'
import { checkMigrations } from './check-migrations.ts'
import { checkDefaultPartition, checkPartitions } from './check-partitions.ts'
import { checkStages } from './check-stages.ts'
import { checkVersion } from './check-version.ts'
import { checkWeaving } from './check-weaving.ts'
import type { Finding } from './finding.ts'

/** Looks at everything that can go wrong without anybody noticing; changes nothing. */
export async function examine(
  { reports: db, timelines }: Db,
  config: Config,
  now: number,
): Promise<Finding[]> {
  const version = await checkVersion(db)
  if (version.state === 'bad') return [version]
  const schema = await checkMigrations(db)
  // Without its tables there is nothing more to ask.
  if (schema.state === 'bad') return [version, schema]
  const findings = [
    version,
    schema,
    await checkPartitions(db, now),
    await checkDefaultPartition(db),
    await checkWeaving(db),
    await checkClock(db),
    await checkDisk(db, config),
  ]
  for (const site of await listSites(db))
    findings.push(...(await checkStages(timelines, site, now)))
  return findings
}
