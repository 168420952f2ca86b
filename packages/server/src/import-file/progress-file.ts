import { readFile, rm, writeFile } from 'node:fs/promises'
import { z } from 'zod'

/** How far an import came: records from the beginning that are stored or refused for good. */
export interface Progress {
  /** What an earlier run of the same has behind it; 0 for a new one. */
  read(): Promise<number>
  write(records: number): Promise<void>
  end(): Promise<void>
}

const kept = z.object({ what: z.string(), records: z.int().min(0) })

/** Kept beside the file while its import is not done. Another `what`, file or target, begins anew. */
export function progressBeside(file: string, what: string): Progress {
  const path = `${file}.weir-import`
  return {
    async read() {
      try {
        const found = kept.parse(JSON.parse(await readFile(path, 'utf8')))
        return found.what === what ? found.records : 0
      } catch {
        return 0
      }
    },
    // Where nothing can be noted, as in a folder that is only read, the next run begins anew: what is there is a duplicate.
    write: (records) => writeFile(path, JSON.stringify({ what, records })).catch(() => undefined),
    end: () => rm(path, { force: true }),
  }
}

/** Of what cannot be read again. */
export const NO_PROGRESS: Progress = {
  read: async () => 0,
  write: async () => undefined,
  end: async () => undefined,
}
