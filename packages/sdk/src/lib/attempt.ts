/** What `work` returns, or nothing if it throws: no fault of ours, or of a patched page, leaves the tag. */
export const attempt = <T>(work: () => T): T | undefined => {
  try {
    return work()
  } catch {}
  return undefined
}
