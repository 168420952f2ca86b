import { z } from 'zod'

/** `GET /v1/delivery`: how much of what pages sent has arrived, told by their counters. */
export interface DeliveryAnswer {
  from: string
  to: string
  /** Page loads that counted their events. */
  streams: number
  /** Events up to the highest number of each stream. */
  expected: number
  stored: number
  rejected: number
  /** Purchases whose order was there already, of the page or of the shop's server: not stored again. */
  duplicates: number
  /** Numbers of which nothing is known. */
  missing: number
  /** Stored over a minute after they happened. */
  late: number
  /** Orders that the shop's server has confirmed, and how many of them no page has reported. */
  orders_confirmed: number
  orders_not_reported: number
  /** The share of `expected` that is not `missing`; null where nothing was expected. */
  delivered: number | null
  /** What these numbers cannot say. */
  note: string
}

const count = z.int().min(0)
const time = z.iso.datetime({ precision: 3 })

export const deliveryAnswer: z.ZodType<DeliveryAnswer> = z
  .strictObject({
    from: time,
    to: time,
    streams: count,
    expected: count,
    stored: count,
    rejected: count,
    duplicates: count,
    missing: count,
    late: count,
    orders_confirmed: count,
    orders_not_reported: count,
    delivered: z.number().min(0).max(1).nullable(),
    note: z.string(),
  })
  .meta({ id: 'Delivery', description: 'How much of what pages sent has arrived.' })
