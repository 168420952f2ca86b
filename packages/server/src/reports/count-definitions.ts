import type { AskedQuestion, FilterInput } from '@weir/contract'

export type Counted = Omit<AskedQuestion, 'definitions' | 'warnings'>

/** Who is counted where, in the words of the question: what it does not ask for is not told. */
export function countDefinitions(question: Counted): Record<string, string> {
  const { unit, order, window, stages, filters, hold, exclusions } = question
  const optional = stages.filter((stage) => stage.optional).map(({ name }) => name)
  return {
    counted:
      unit === 'visitor'
        ? 'Each visitor counts once per stage, however many chains of events it has.'
        : 'Each visit counts once per stage. It ends where its visitor does nothing for over 30 minutes, and every chain stays inside it.',
    order: ORDERS[order],
    ...(optional.length > 0
      ? {
          optional: `${optional.join(' and ')}: reached by whoever passed the required stages before it; nobody has to pass it.`,
        }
      : {}),
    window: `A chain ends at most ${window} after its entry. Entries lie from \`from\` up to, not including, \`to\`; what follows may lie after \`to\`.`,
    left_out: leftOut(question),
    ...(filters.length > 0
      ? { filters: `Everything is counted from events with ${filtersText(filters)} alone.` }
      : {}),
    ...(hold === null ? {} : { hold: `All events of a chain have one ${hold} in common.` }),
    ...(exclusions.length > 0
      ? { exclusions: exclusions.map((one) => exclusionText(question, one)).join(' ') }
      : {}),
    ...breakdownDefinition(question),
  }
}

/** Like `device eq mobile and country in DE, FR`. */
export const filtersText = (filters: readonly FilterInput[]): string =>
  filters
    .map(({ property, op, value }) =>
      [property, op, ...(value == null ? [] : [[value].flat().join(', ')])].join(' '),
    )
    .join(' and ')

const ORDERS = {
  ordered: 'Stages follow one another in order; other events may lie between.',
  strict: 'Each stage is the very next event after the stage before it.',
  any_order:
    'Stage k is reached with any k of the stages, each filled by an event of its own, in any order, within one window; the name beside it is only that of the k-th in the list.',
} as const

function leftOut({ bots, cookieless }: Counted): string {
  const left = [
    ...(bots ? [] : ['bots']),
    ...(cookieless ? [] : ['visitors who cannot be known again (cookieless)']),
  ]
  return left.length === 0
    ? 'Nobody: bots and cookieless visitors count too.'
    : `${left.join(', ')}.`
}

function exclusionText(
  { order, stages }: Counted,
  { events, filters, after_stage, before_stage }: Counted['exclusions'][number],
): string {
  const it = `${events.join(' or ')}${filters.length > 0 ? ` with ${filtersText(filters)}` : ''}`
  if (order === 'any_order') return `Every window that is open ends with ${it}.`
  const nameOf = (stage: number) => `stage ${stage} (${stages[stage - 1]?.name})`
  return `A chain with ${it} after ${nameOf(after_stage)} and before ${nameOf(before_stage)} goes no further; what it reached before counts.`
}

function breakdownDefinition({ unit, breakdown }: Counted): Record<string, string> {
  if (!breakdown) return {}
  const { property, attribution, limit } = breakdown
  const [, stage] = attribution.split(':')
  const value = stage
    ? `its value on the event that first reached stage ${stage}; null where that was not reached`
    : TOUCHES[attribution === 'first_touch' || attribution === 'entry' ? attribution : 'last_touch']
  return {
    breakdown: `Each ${unit} that entered is in one row of ${property}: ${value}. Unset is null. Rows beyond the ${limit} largest are summed in \`other\`.`,
  }
}

const TOUCHES = {
  last_touch:
    'the last value it had from `from` up to the event that first reached its furthest stage',
  first_touch:
    'the first value it had from `from` up to the event that first reached its furthest stage',
  entry: 'the value on the entry of the chain that first reached its furthest stage',
} as const
