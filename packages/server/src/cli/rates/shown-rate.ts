import { percent } from '@weir/client/text'
import type { RateAnswer, RatesAnswer } from '@weir/contract'

export type Definition = keyof RatesAnswer

const DEFINITIONS: Record<Definition, string> = {
  funnel: 'of entered',
  previous_stage: 'of previous',
  target_action: 'of target',
  of_site: 'of site',
}

export const isDefinition = (text: string | undefined): text is Definition =>
  text !== undefined && Object.hasOwn(DEFINITIONS, text)

export const titleOf = (definition: Definition): string => DEFINITIONS[definition]

/** A rate in a cell; `~` before one of too few to rely on. */
export const rateCell = (rate: RateAnswer | null): string =>
  rate ? `${rate.too_few && rate.rate !== null ? '~' : ''}${percent(rate.rate)}` : ''
