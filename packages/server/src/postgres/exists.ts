import { access } from 'node:fs/promises'

/** Whether a path leads anywhere. A path that we may not look at counts as nothing there. */
export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
