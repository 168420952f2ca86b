import type { Site } from '@weir/contract'
import { request } from './request.ts'

/** What a page may know of its site. */
export type SessionSite = Pick<Site, 'id' | 'name' | 'time_zone'>

/** The site that the cookie stands for; a 401 problem when there is none. */
export const getSession = () =>
  request('/v1/session', {}, async (response): Promise<SessionSite> => {
    const { site }: { site: SessionSite } = await response.json()
    return site
  })

/** Sets the cookie. The key itself is kept nowhere in the page. */
export const signIn = (key: string) =>
  request(
    '/v1/session',
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key }),
    },
    nothing,
  )

export const signOut = () => request('/v1/session', { method: 'DELETE' }, nothing)

const nothing = async () => null
