import closeWithGrace from 'close-with-grace'
import { type Config, processConfig } from './config.ts'

const MOST_MS = 20_000

/**
 * The life of the process: reads the configuration, starts, and stops in order on SIGINT and SIGTERM.
 * A mistake of a person's is a sentence on stderr and exit 1, never a stack.
 */
export async function run(start: (config: Config) => Promise<() => Promise<void>>): Promise<void> {
  try {
    const stop = await start(processConfig())
    closeWithGrace({ delay: MOST_MS, logger: false }, async ({ err }) => {
      if (err) console.error(err)
      await stop()
    })
  } catch (error) {
    console.error(
      `\nWeir cannot start. ${error instanceof Error ? error.message : String(error)}\n`,
    )
    process.exitCode = 1
  }
}
