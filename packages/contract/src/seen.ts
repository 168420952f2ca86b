import { z } from 'zod'
import { STANDARD_STAGES, type StandardStage } from './stages.ts'

/**
 * `GET /v1/seen`: whether a site has had each of the five stages, looking back 400 days or 10 million events.
 * Bots and cookieless events do not count.
 */
export type SeenAnswer = Record<StandardStage, boolean>

export const seenAnswer: z.ZodType<SeenAnswer> = z
  .record(z.enum(STANDARD_STAGES), z.boolean())
  .meta({
    id: 'Seen',
    description: 'Whether the site has had each of the five stages.',
    examples: [{ view: true, product_view: true, chat: false, add_to_cart: true, purchase: false }],
  })
