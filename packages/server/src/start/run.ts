import closeWithGrace from 'close-with-grace'
import { type Config, processConfig } from '../config.ts'
import { sentenceOf } from '../text/sentence-of.ts'

const MOST_MS = 20_000

/** Waits for what is being started, and stops it at the end, the last one first. */
export type Started = <T>(starting: Promise<T>, stop: (thing: T) => Promise<void>) => Promise<T>

/**
 * The life of the process: reads the configuration, starts, and on a signal stops what was started, also
 * what is still starting. A mistake of a person's is a sentence on stderr and exit 1, never a stack.
 */
export async function run(
  start: (config: Config, started: Started) => Promise<void>,
): Promise<void> {
  const stops: (() => Promise<void>)[] = []
  let stopping: Promise<void> | null = null
  const stopAll = () => {
    stopping ??= (async () => {
      for (let stop = stops.pop(); stop; stop = stops.pop()) await stop()
    })()
    return stopping
  }
  closeWithGrace({ delay: MOST_MS, logger: false }, async ({ err }) => {
    if (err) console.error(err)
    await stopAll()
  })
  try {
    await start(processConfig(), (starting, stop) => {
      // What does not start stops by itself.
      stops.push(() => starting.then(stop, () => undefined))
      return starting.then((thing) => {
        if (stopping) throw new Error('stopped in the middle of a start')
        return thing
      })
    })
  } catch (error) {
    // What a signal cut short is no mistake.
    if (stopping) return
    console.error(`\nWeir cannot start. ${sentenceOf(error)}\n`)
    await stopAll()
    process.exit(1)
  }
}
