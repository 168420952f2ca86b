import closeWithGrace from 'close-with-grace'
import { type Config, processConfig } from '../config.ts'
import { sentenceOf } from '../text/sentence-of.ts'

const MOST_MS = 20_000

/** What has been started so far, to be stopped in the opposite order. */
export type Started = (stop: () => Promise<void>) => void

/**
 * The life of the process: reads the configuration, starts, and on a signal stops what was started,
 * also in the middle of a start. A mistake of a person's is a sentence on stderr and exit 1, never a stack.
 */
export async function run(
  start: (config: Config, started: Started) => Promise<void>,
): Promise<void> {
  const stops: (() => Promise<void>)[] = []
  const stopAll = async () => {
    for (let stop = stops.pop(); stop; stop = stops.pop()) await stop()
  }
  closeWithGrace({ delay: MOST_MS, logger: false }, async ({ err }) => {
    if (err) console.error(err)
    await stopAll()
  })
  try {
    await start(processConfig(), (stop) => stops.push(stop))
  } catch (error) {
    console.error(`\nWeir cannot start. ${sentenceOf(error)}\n`)
    await stopAll()
    process.exit(1)
  }
}
