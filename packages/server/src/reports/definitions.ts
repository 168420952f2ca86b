import type { AskedQuestion } from '@weir/contract'

/** What each number of an answer means, in the words of the question. */
export function definitionsOf(
  question: Pick<AskedQuestion, 'unit' | 'order' | 'window' | 'target' | 'stages' | 'stage'>,
): Record<string, string> {
  const { unit, window, stages, stage } = question
  const target = question.target?.events.join(' or ')
  return {
    counted: `Each ${unit} counts once per stage, however many chains of events it has.`,
    order: ORDERS[question.order],
    conversion: `Reaching stage ${stage}, ${stages[stage - 1]?.name}${stage === stages.length ? '' : ', of the whole funnel; time_to_convert is measured to the last stage only'}.`,
    window: `A chain ends at most ${window} after its entry. Entries lie from \`from\` up to, not including, \`to\`; what follows may lie after \`to\`.`,
    funnel: `${unit}s that reached the stage, divided by ${unit}s that entered the funnel (stage 1).`,
    previous_stage: `${unit}s that reached the stage, divided by ${unit}s that reached the nearest earlier stage that is not optional. Between experiment arms these do not compare: what the arm did selected the denominator.`,
    target_action: target
      ? `${unit}s that did ${target} in the range and then reached the stage within ${window}, divided by ${unit}s that did ${target} in the range.`
      : 'Ask with a `target` to have this rate.',
    of_site: `${unit}s that reached the stage, divided by ${unit}s with any event in the range.`,
    interval: 'Wilson, 95 %. `too_few` says that the denominator is under 30.',
    mature: `The same with the range cut so that everybody in it has had the whole ${window}. Null when nobody's window is open, or nobody's has closed.`,
  }
}

const ORDERS = {
  ordered: 'Stages follow one another in order; other events may lie between.',
  strict: 'Each stage is the very next event after the stage before it.',
  any_order: 'Stages are filled in any order within one window.',
} as const
