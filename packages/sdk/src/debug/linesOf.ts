import type { Installed, Result } from '../types.ts'

const STAGES = ['view', 'product_view', 'chat', 'add_to_cart', 'purchase']
/** How many events are shown, the last ones. */
const SHOWN = 9
/** So long unanswered, an event is not only on its way. */
const LATE_MS = 5_000

/** What the overlay says of all that was told, and of what stands in its way. */
export const linesOf = (told: NonNullable<Installed['told']>, blocked: string): string[] => {
  const answers: { [item: string]: Result | undefined } = {}
  for (const [item, result] of told) answers[item] = result
  const events = Object.entries(answers).map(([item, result]) => ({ ...JSON.parse(item), result }))
  const late = events.some(({ at, result }) => !result && Date.now() - at > LATE_MS)
  return [
    STAGES.map(
      (stage) =>
        (events.some(({ name, result }) => name === stage && !result?.code) ? '✓ ' : '– ') + stage,
    ).join('  '),
    ...events.slice(-SHOWN).map(({ at, name, properties, result }) => {
      const { order_id, product_id = '', cookieless } = properties
      const answer = result ? result.message || result.code || 'stored' : '…'
      return `${new Date(at).toLocaleTimeString()} ${name} ${order_id || product_id} ${answer}${cookieless ? ' cookieless' : ''}`
    }),
    late ? 'No answer: server away, or requests blocked' : blocked,
  ]
}
