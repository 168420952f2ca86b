import { type Counted, filtersText } from './count-definitions.ts'

/** What each number of a funnel's answer means, in the words of the question. */
export function rateDefinitions(question: Counted): Record<string, string> {
  const { unit, order, window, stages, stage, breakdown } = question
  const them = unit === 'visitor' ? 'Visitors that' : 'Visits that'
  const those = unit === 'visitor' ? 'visitors' : 'visits'
  const any = order === 'any_order'
  const entered = any ? 'filled any stage' : 'entered the funnel (stage 1)'
  const earlier = any
    ? 'filled one stage less'
    : 'reached the nearest earlier stage that is not optional'
  return {
    conversion: `Reaching stage ${stage}${any ? '' : `, ${stages[stage - 1]?.name}`}${stage === stages.length ? '' : ', of the whole funnel; time_to_convert is measured to the last stage only'}.`,
    funnel: `${them} reached the stage, divided by ${those} that ${entered}.`,
    previous_stage: `${them} reached the stage, divided by ${those} that ${earlier}. Between experiment arms these do not compare: what the arm did selected the denominator.`,
    target_action: targetDefinition(question),
    of_site: `${them} reached the stage, divided by all ${those} with any event in the range that passes the question's filters${breakdown ? ', of whatever row' : ''}.`,
    drop_off: `${them} reached the stage and not the next one that is not optional.`,
    times: `In seconds, of the chain that first reached the stage: time_to_stage from ${any ? 'the stage filled before' : 'the nearest earlier stage that is not optional'}, time_to_convert from the entry. time_at_stage: until the next stage of those who continued; of those who left, until their last event of that visit.`,
    revenue:
      'Every event that fills the stage of some chain, once each, by currency: its value, else price × quantity.',
    interval: 'Wilson, 95 %. `too_few` says that the denominator is under 30.',
    mature: `The same with the range cut so that everybody in it has had the whole ${window}. Null when nobody's window is open, or nobody's has closed.`,
  }
}

function targetDefinition({ unit, window, order, target, exclusions, breakdown }: Counted): string {
  if (!target) return 'Ask with a `target` to have this rate.'
  const filters = target.filters ?? []
  const it = targetText(target.events) + (filters.length > 0 ? ` with ${filtersText(filters)}` : '')
  const plain =
    order === 'ordered' && exclusions.length === 0 ? '' : ' In this order, without exclusions.'
  const rows = breakdown?.attribution.startsWith('stage:') ? ` Not told by row.` : ''
  return `${unit}s that did ${it} in the range and then the stage's event within ${window}, divided by ${unit}s that did ${it} in the range; null where that is the stage itself.${plain}${rows}`
}

export const targetText = (events: readonly string[]): string => events.join(' or ')

/** What is told beside it where another range is compared. */
export const COMPARE_DEFINITIONS = {
  differences:
    'The rate of this range less that of the other, with its 95 % interval (Newcombe): where that includes 0, chance alone may have made the difference.',
  explained:
    'by_stage: what the rate at which each required stage is reached from the one before gives to the change of the `funnel` rate (its Shapley value). by_value: what each row gives, by `mix` (being another share of those who entered) and by `rate` (converting better or worse). Either adds up to `difference`.',
}

export const POINT_DEFINITIONS = {
  points:
    'Each is the funnel asked for its bucket alone: the entries of the bucket, each followed for the whole window. Who entered in two buckets is in both, so they do not add up to the whole range. Until it is `mature` its rates may still rise.',
}
