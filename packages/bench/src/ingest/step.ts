import type { Sent } from './load.ts'

/** What one load cost whom. */
export interface Step extends Sent {
  name: string
  node_cpu_seconds: number | null
  postgres_cpu_seconds: number | null
  node_bytes: number
  /** Share of the processors' time that the host gave to others. */
  stolen: number | null
}
