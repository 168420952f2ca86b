import type { Loaded } from '../load/load.ts'
import type { Measured } from '../measure/measure.ts'
import type { Machine } from './machine.ts'

/** Everything that one run found out, and `results/query.json`. */
export interface Results {
  date: string
  command: string
  seed: number
  machine: Machine
  /** The load average before loading, before asking, and at the end. */
  load: { start: number; before_asking: number; end: number }
  /** Of what took part. */
  versions: Record<string, string>
  /** The dataset, and a tenth of it. */
  whole: Asked
  tenth: Asked
  small: Asked
}

/** One dataset, and how every contender fared on it. */
export interface Asked {
  loaded: Omit<Loaded, 'read_key'>
  contenders: { [key in ContenderKey]?: Measured }
}

export const CONTENDERS = [
  'plain',
  'breakdown',
  'scan',
  'trend',
  'clickhouse',
  'duckdb',
  'window',
  'narrow',
  'join',
  'mobile',
] as const

export type ContenderKey = (typeof CONTENDERS)[number]
