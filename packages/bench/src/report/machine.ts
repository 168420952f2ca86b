import { cpus, loadavg, totalmem } from 'node:os'

/** Where a run took place: nothing that names the machine or its people. */
export interface Machine {
  cpu: string
  cores: number
  memory_gb: number
  platform: string
  node: string
}

export const machine = (): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memory_gb: Math.round(totalmem() / 2 ** 30),
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
})

/** How many processes wanted to run, over the last minute: beside others' work, only ratios of one run mean something. */
export const load = (): number => Math.round((loadavg()[0] ?? 0) * 10) / 10
