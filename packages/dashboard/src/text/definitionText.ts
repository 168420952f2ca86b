import type { RatesAnswer } from '@weir/contract'

export type Definition = keyof RatesAnswer

/** What a rate is divided by, in a few words. */
export const DEFINITION_TEXT = {
  funnel: 'Of those who entered',
  previous_stage: 'Of those at the stage before',
  target_action: 'Of those who did the target action',
  of_site: 'Of all traffic',
} as const

export const DEFINITIONS = ['funnel', 'previous_stage', 'target_action', 'of_site'] as const

/** The definition that an address names; `funnel` where it names none that there is. */
export const definitionOf = (name: string | null): Definition =>
  DEFINITIONS.find((definition) => definition === name) ?? 'funnel'
