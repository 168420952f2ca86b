/** What may stand in an address; a list repeats its name, and what is undefined is left out. */
export type Query = { [name: string]: string | number | boolean | readonly string[] | undefined }

/** A path with its query: `/v1/rates?funnel=storefront&filter=…&filter=…`. */
export function addressOf(path: string, query: Query = {}): string {
  const written = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) written.append(name, String(one))
    }
  }
  return written.size > 0 ? `${path}?${written}` : path
}
