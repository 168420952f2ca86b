import { z } from 'zod'
import type { FastClock } from '../soak/clock.ts'

/** What senders are to do. */
export interface Load {
  url: string
  key: string
  /** How many connections; each asks one thing at a time. */
  lines: number
  events_a_request: number
  seconds: number
  /** Null: as fast as answers come. */
  requests_a_second: number | null
  /** So that no two runs send the same ids. */
  run: number
  /** Whose times events have; the machine's, where there is none. */
  clock?: FastClock | undefined
}

export const load: z.ZodType<Load> = z.object({
  url: z.string(),
  key: z.string(),
  lines: z.int(),
  events_a_request: z.int(),
  seconds: z.number(),
  requests_a_second: z.number().nullable(),
  run: z.int(),
  clock: z.object({ began: z.number(), speed: z.number() }).optional(),
})

/** What became of it. */
export interface Sent {
  seconds: number
  /** Acknowledged as stored, now or before. */
  events: number
  /** Answers by status; 0 is no answer. */
  answers: Record<string, number>
  p50_ms: number
  p99_ms: number
  most_ms: number
  cpu_seconds: number
}

export const sent: z.ZodType<Sent> = z.object({
  seconds: z.number(),
  events: z.number(),
  answers: z.record(z.string(), z.number()),
  p50_ms: z.number(),
  p99_ms: z.number(),
  most_ms: z.number(),
  cpu_seconds: z.number(),
})
