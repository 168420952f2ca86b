import { readFile, rm, writeFile } from 'node:fs/promises'
import { z } from 'zod'

/** How far an import came, kept beside its file while it is not done. */
export interface Progress {
  /** What was imported where: another file, or another target, begins anew. */
  what: string
  /** Records from the beginning that are stored or refused for good. */
  records: number
}

const progress: z.ZodType<Progress> = z.object({ what: z.string(), records: z.int().min(0) })

const pathOf = (file: string) => `${file}.weir-import`

/** Records that an earlier run of the same has behind it; 0 for a new one. */
export async function readProgress(file: string, what: string): Promise<number> {
  try {
    const found = progress.parse(JSON.parse(await readFile(pathOf(file), 'utf8')))
    return found.what === what ? found.records : 0
  } catch {
    return 0
  }
}

export const writeProgress = (file: string, kept: Progress): Promise<void> =>
  writeFile(pathOf(file), JSON.stringify(kept))

export const endProgress = (file: string): Promise<void> => rm(pathOf(file), { force: true })
