const MAX_ADDRESS = 4_096
const MAX_PATH = 500

/** The parts of a page's address that are kept, or that tell where a visitor came from. */
export interface Address {
  host: string
  path: string
  /** Null where it has none. */
  query: URLSearchParams | null
}

/** Null for anything that is no http address. */
export function addressOf(url: unknown): Address | null {
  if (typeof url !== 'string' || url.length > MAX_ADDRESS || !/^\s*https?:/i.test(url)) return null
  const parsed = parse(url)
  return (
    parsed && {
      host: parsed.host,
      path: parsed.pathname.slice(0, MAX_PATH),
      query: parsed.search === '' ? null : parsed.searchParams,
    }
  )
}

function parse(url: string): URL | null {
  try {
    return new URL(url)
  } catch {
    return null
  }
}
