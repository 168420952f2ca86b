import { type WeirClient, weirClient } from '@weir/client'
import { KEY_PREFIXES, type KeyKind } from '@weir/contract'
import type { Caller } from '../config.ts'
import { UsageError } from './mistakes.ts'

export interface Connection {
  client: WeirClient
  url: string
  key: string
}

const EXAMPLES = {
  read: "The demo's is rk_demo; `weir start` printed yours.",
  secret: "The demo's is sk_demo; `weir start` printed yours.",
  write: '',
  admin: '`weir start` printed it, or WEIR_ADMIN_KEY gave it.',
} as const satisfies Record<KeyKind, string>

/** The Weir that --url or WEIR_URL says, asked with the key that --key or WEIR_KEY says. */
export function connect(
  kind: KeyKind,
  given: { url?: string | undefined; key?: string | undefined; site?: string | undefined },
  caller: Caller,
): Connection {
  const url = given.url ?? caller.url
  const key = given.key ?? caller.key
  const { site } = given
  if (!/^https?:\/\/[^/]/.test(url)) {
    throw new UsageError(`${url} is no address of a Weir; one is like http://127.0.0.1:8787.`)
  }
  const prefix = KEY_PREFIXES[kind]
  if (!key) {
    throw new UsageError(
      `This takes ${kind === 'admin' ? 'an' : 'a'} ${kind} key: --key ${prefix}… or WEIR_KEY. ${EXAMPLES[kind]}`,
    )
  }
  if (site !== undefined && !/^[1-9]\d{0,8}$/.test(site)) {
    throw new UsageError(
      `--site takes the number of a site, not ${site}; \`weir sites\` lists them.`,
    )
  }
  if (kind !== 'admin' && key.startsWith(KEY_PREFIXES.admin) && site === undefined) {
    throw new UsageError('An admin key speaks for no site of its own: name one with --site.')
  }
  const client = weirClient({ url, key, ...(site === undefined ? {} : { site: Number(site) }) })
  return { client, url, key }
}
