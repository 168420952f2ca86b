/**
 * What the description of a route says of keys. The guard is the hook in the route's plugin; a test asks
 * every route with every kind of key, and holds the two together.
 */
export const READ_KEY = [{ read_key: [] }, { session: [] }, { admin_key: [] }]
export const SECRET_KEY = [{ secret_key: [] }, { admin_key: [] }]
export const ADMIN_KEY = [{ admin_key: [] }]
export const SENDERS_KEY = [{ write_key: [] }, { secret_key: [] }, { admin_key: [] }]
export const NO_KEY: { [name: string]: string[] }[] = []

export const SECURITY_SCHEMES = {
  write_key: {
    type: 'http',
    scheme: 'bearer',
    description: '`wk_…`: public, sits in the page; may only send. Here, or as `key` in the body.',
  },
  secret_key: {
    type: 'http',
    scheme: 'bearer',
    description:
      "`sk_…`: the shop's server: events of any time, import, export, quarantine, erase.",
  },
  read_key: {
    type: 'http',
    scheme: 'bearer',
    description: '`rk_…`: every question, saved funnels, share links.',
  },
  admin_key: {
    type: 'http',
    scheme: 'bearer',
    description: '`ak_…`: everything; names its site as `?site=`.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'weir_session',
    description: "The dashboard's cookie, from `POST /v1/session`.",
  },
} as const
