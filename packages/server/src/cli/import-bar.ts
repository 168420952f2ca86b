import { Presets, SingleBar } from 'cli-progress'

export interface ImportBar {
  update(read: number, all: number): void
  stop(): void
}

/** How far an import is, on a terminal; in a pipe nothing at all. */
export function showBar(): ImportBar {
  const bar = new SingleBar(
    {
      format: '  Importing  {bar}  {percentage} %, {duration_formatted}',
      barsize: 30,
      hideCursor: true,
    },
    Presets.shades_classic,
  )
  bar.start(1, 0)
  return {
    update: (read, all) => bar.update(all === 0 ? 0 : read / all),
    stop: () => bar.stop(),
  }
}
