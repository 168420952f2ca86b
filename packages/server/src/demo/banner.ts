import type { SiteKeys } from '../sites/sites.ts'

const DAY_MS = 86_400_000

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** What to open, and one question to paste. */
export function demoBanner(demo: {
  weir: string
  shop: string
  keys: SiteKeys
  from: number
}): string {
  const to = day(Date.now() + DAY_MS)
  return `
  The sample shop     ${demo.shop}/        click through it; you are measured
  Its funnel          ${demo.weir}/        sign in with the read key ${demo.keys.read}

  Ask for the rates:

    curl "${demo.weir}/v1/rates?funnel=storefront&from=${day(demo.from)}&to=${to}" \\
      -H "Authorization: Bearer ${demo.keys.read}"

  Stop with Ctrl-C.
`
}
