import { ProblemError } from '../problems.ts'

/**
 * The site that a key speaks for: its own; an admin key, which has none, names it as `?site=`. Throws where a
 * key is asked about another site than its own: that is a mistake which must not go unnoticed.
 */
export function siteOf({ site_id }: { site_id: number | null }, query: unknown): number {
  const named = siteNamed(query)
  if (site_id === null) return Number(checked(named))
  if (named === undefined || named === String(site_id)) return site_id
  const detail = `This key is of site ${site_id}: leave out \`site\`, or take a key of the other one.`
  throw new ProblemError('key_not_allowed', detail)
}

/** What a request's query names as its site; undefined where it names none. */
export const siteNamed = (query: unknown): string | undefined =>
  typeof query === 'object' && query !== null && 'site' in query ? String(query.site) : undefined

function checked(named: string | undefined): string {
  if (named !== undefined && /^\d{1,9}$/.test(named)) return named
  throw new ProblemError('invalid_request', 'site: an admin key names its site as `?site=`', {
    errors: [{ path: 'site', code: 'required', message: 'an admin key names its site' }],
  })
}
