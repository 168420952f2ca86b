const MAX_ADDRESS = 4_096
const MAX_PATH = 500

/** The parts of a page's address that are kept, or that tell where a visitor came from. */
export interface Address {
  host: string
  path: string
  query: URLSearchParams
}

/** Null for anything that is no http address. */
export function addressOf(url: unknown): Address | null {
  if (typeof url !== 'string' || url.length > MAX_ADDRESS || !URL.canParse(url)) return null
  const { protocol, host, pathname, searchParams } = new URL(url)
  if (protocol !== 'http:' && protocol !== 'https:') return null
  return { host, path: pathname.slice(0, MAX_PATH), query: searchParams }
}
