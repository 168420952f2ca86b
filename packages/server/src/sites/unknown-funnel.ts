import type { Kysely } from 'kysely'
import type { Database } from '../db/tables.ts'
import { ProblemError } from '../problems.ts'
import { closest } from '../text/closest.ts'
import { findFunnelVersion, listFunnels } from './funnels.ts'

/** What is said of a funnel, or a version like `name@2`, that the site does not have: which ones it has. */
export async function unknownFunnel(
  db: Kysely<Database>,
  site_id: number,
  asked: string,
): Promise<ProblemError> {
  const message = await sentenceOf(db, site_id, asked)
  return new ProblemError('unknown_funnel', message, {
    errors: [{ path: 'funnel', code: 'unknown_funnel', message }],
  })
}

async function sentenceOf(db: Kysely<Database>, site_id: number, asked: string): Promise<string> {
  const [, name, version] = /^(.*)@(\d{1,9})$/.exec(asked) ?? []
  const newest = name === undefined ? undefined : await findFunnelVersion(db, site_id, name)
  const found = newest && (await findFunnelVersion(db, site_id, newest.name, Number(version)))
  if (found?.definition === null)
    return `Version ${version} of the funnel \`${name}\` says that it was deleted; those before it can still be asked.`
  if (newest)
    return `There is no version ${version} of the funnel \`${name}\`; the newest is ${newest.version}.`
  const names = (await listFunnels(db, site_id)).map((funnel) => funnel.name)
  const meant = closest(name ?? asked, names)
  const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`
  return `There is no funnel \`${asked}\`; there are ${names.join(', ')}.${hint}`
}
