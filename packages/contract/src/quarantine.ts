import { z } from 'zod'

/** An event that was refused, and why. */
export interface QuarantinedEvent {
  id: number
  received_at: string
  visitor_id: string | null
  code: string
  field: string | null
  message: string
  /** As it was sent, as JSON text, cut to 2,048 characters. */
  event: string | null
}

const quarantined: z.ZodType<QuarantinedEvent> = z
  .strictObject({
    id: z.int(),
    received_at: z.iso.datetime({ precision: 3 }),
    visitor_id: z.string().nullable(),
    code: z.string(),
    field: z.string().nullable(),
    message: z.string(),
    event: z.string().nullable(),
  })
  .meta({ id: 'QuarantinedEvent', description: 'An event that was refused, and why.' })

/** `GET /v1/quarantine`: the newest first. */
export const quarantineAnswer = z.strictObject({ quarantine: z.array(quarantined) })
