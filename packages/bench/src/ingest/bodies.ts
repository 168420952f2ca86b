import { uuidOf } from '../traffic/uuid.ts'

const PRODUCTS = 5_000
const NAMES = ['view', 'view', 'product_view', 'view', 'add_to_cart']

/** Bodies as the tag sends them: `events` a body, all of one visitor, each body of new events. */
export function bodiesOf(
  key: string,
  sender: number,
  events: number,
  clock: () => number,
): () => string {
  let number = 0
  let sent = 0
  return () => {
    const now = clock()
    // A visitor sends three bodies or so.
    const visitor = uuidOf(1_760_000_000_000, Math.floor(sent++ / 3), sender)
    let list = ''
    for (let place = 0; place < events; place++) {
      const product = (number * 7_919) % PRODUCTS
      const at = now - (events - place) * 10
      const id = uuidOf(at, number++, sender)
      list +=
        `${place ? ',' : ''}{"id":"${id}","name":"${NAMES[number % NAMES.length]}","at":${at},"seq":${number},` +
        `"properties":{"product_id":"p-${product}","price":${(product % 900) / 10},"currency":"EUR"}}`
    }
    return (
      `{"key":"${key}","sent_at":${now},"visitor_id":"${visitor}","stream":"s${sender}","context":{` +
      `"url":"https://shop.example/p/${number % PRODUCTS}?utm_source=news&utm_campaign=autumn","referrer":"https://www.google.com/",` +
      `"title":"A product","screen":"1440x900","time_zone":"Europe/Berlin","language":"de-DE"},"events":[${list}]}`
    )
  }
}
