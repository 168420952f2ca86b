import type { Result } from '../types.ts'

/** How many events are shown, the last ones. */
const SHOWN = 9
/** So long unanswered, an event is not only on its way. */
const LATE_MS = 5_000

/** By event as it was sent, what became of it. */
export interface Answers {
  [item: string]: Result | undefined
}

/** By stage, whether the site has ever had it. */
export interface Seen {
  [stage: string]: boolean
}

/** What the overlay says of all that was told, of what stands in its way, and of what is missing. */
export const linesOf = (
  answers: Answers,
  blocked: string,
  seen: Seen = {},
): (string | undefined)[] => {
  let late = ''
  const lines = Object.entries(answers).map(([item, result]) => {
    const { at, name, properties } = JSON.parse(item)
    if (result?.stored) seen[name] = true
    if (!result && Date.now() - at > LATE_MS) late = '\nNo answer: blocked?'
    return [
      new Date(at).toLocaleTimeString(),
      name,
      properties.order_id || properties.product_id,
      result ? result.message || result.code || 'stored' : '…',
      properties.cookieless && 'cookieless',
    ].join(' ')
  })
  const never = Object.keys(seen).filter((stage) => !seen[stage])
  return [
    ...lines.slice(-SHOWN),
    blocked + (lines[0] ? late : 'No key?'),
    never[0] && `Never on this site: ${never}`,
  ]
}
