import type { StageInput } from './question.ts'

/** A funnel that can be asked for by name. */
export interface SavedFunnel {
  name: string
  stages: StageInput[]
  /** Like `7d`: the longest time from the entry to any later stage. */
  window: string
}

/** The funnels that every site has from the start. */
export const BUILT_IN_FUNNELS: readonly SavedFunnel[] = [
  {
    name: 'storefront',
    stages: [
      { events: ['view'] },
      { events: ['product_view'] },
      { events: ['chat'], optional: true },
      { events: ['add_to_cart'] },
      { events: ['purchase'] },
    ],
    window: '7d',
  },
  { name: 'signup', stages: [{ events: ['view'] }, { events: ['sign_up'] }], window: '7d' },
  { name: 'lead', stages: [{ events: ['view'] }, { events: ['generate_lead'] }], window: '7d' },
]
