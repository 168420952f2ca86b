import type { NewEvent } from '../check-event.ts'
import { idFrom } from '../event-id.ts'
import { NOON } from './shop.ts'

/** A view as it is written, past all checks; one of its own for every number. */
export const newEvent = (site_id: number, number: number): NewEvent => ({
  site_id,
  visitor_id: `v-${number % 37}`,
  event_id: idFrom(NOON, String(number)),
  at: NOON,
  name: 'view',
  stream: null,
  seq: null,
  properties: {},
  derived: {},
  json: '{}',
  order_id: null,
  by_server: false,
})
