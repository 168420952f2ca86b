import { Presets, SingleBar } from 'cli-progress'

/** Runs long work under a bar; the work says how far it is. */
export async function withBar<T>(
  what: string,
  total: number,
  work: (progress: (value: number) => void) => Promise<T>,
): Promise<T> {
  const bar = new SingleBar(
    {
      format: `  ${what.padEnd(38)} {bar} {percentage} %, {duration_formatted}`,
      barsize: 24,
      hideCursor: true,
      noTTYOutput: true,
      notTTYSchedule: 20_000,
    },
    Presets.shades_classic,
  )
  bar.start(total, 0)
  try {
    const done = await work((value) => bar.update(Math.min(total, value)))
    bar.update(total)
    return done
  } finally {
    bar.stop()
  }
}
