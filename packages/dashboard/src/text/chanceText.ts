import type { DifferenceAnswer } from '@weir/contract'

/** Whether chance alone may have made a difference: where its interval includes 0. */
export const chanceText = ({ low, high }: Pick<DifferenceAnswer, 'low' | 'high'>) =>
  low > 0 || high < 0 ? 'more than chance' : 'may be chance'
