import { useEffect, useState } from 'preact/hooks'

/** The address's query, kept up with links, back and forward. */
export function useSearch(): string {
  const [search, setSearch] = useState(location.search)
  useEffect(() => {
    const read = () => setSearch(location.search)
    addEventListener('popstate', read)
    return () => removeEventListener('popstate', read)
  }, [])
  return search
}
