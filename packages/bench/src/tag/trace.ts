import { z } from 'zod'

/** An event of Chromium's trace, as far as it is used here; times in µs. */
const traceEvent = z.object({
  name: z.string(),
  ph: z.string(),
  tid: z.number(),
  ts: z.number(),
  dur: z.number().optional(),
  /** Of it, what the thread had of the processor. */
  tdur: z.number().optional(),
  args: z
    .object({
      data: z.object({ url: z.string().optional() }).loose().optional(),
      url: z.string().optional(),
      fileName: z.string().optional(),
    })
    .loose(),
})

export type TraceEvent = z.infer<typeof traceEvent>

/** The events of a trace as Chromium writes it. */
export const readTrace = (json: Uint8Array): TraceEvent[] =>
  z.object({ traceEvents: z.array(traceEvent) }).parse(JSON.parse(new TextDecoder().decode(json)))
    .traceEvents
