import { z } from 'zod'
import {
  type ExclusionInput,
  exclusion,
  type FilterInput,
  filters,
  name,
  type StageInput,
  stages,
  window,
} from './question.ts'

/** What is saved of a funnel: a question without its range. What a question says itself wins. */
export interface FunnelDefinition {
  stages: StageInput[]
  /** Like `7d`: the longest time from the entry to any later stage. */
  window: string
  order?: 'ordered' | 'strict' | 'any_order' | undefined
  unit?: 'visitor' | 'visit' | undefined
  filters?: FilterInput[] | undefined
  hold?: string | null | undefined
  exclusions?: ExclusionInput[] | undefined
}

/** `PUT /v1/funnels/{name}`. Without a window, 7d. */
export type FunnelBody = Omit<FunnelDefinition, 'window'> & { window?: string | undefined }

/** A funnel that can be asked for by its name, or one version of it by `name@2`. */
export interface SavedFunnel extends FunnelDefinition {
  name: string
  /** Counted from 1; every PUT makes the next one. */
  version: number
}

/** Letters, digits, `.`, `_` and `-`: a name stands in addresses. */
export const FUNNEL_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/

const funnelFields = z.strictObject({
  stages,
  window: window.optional(),
  order: z.enum(['ordered', 'strict', 'any_order']).optional(),
  unit: z.enum(['visitor', 'visit']).optional(),
  filters: filters.optional(),
  hold: name.nullable().optional(),
  exclusions: z.array(exclusion).max(8).optional(),
})

export const funnelBody: z.ZodType<FunnelBody> = funnelFields.meta({
  id: 'FunnelBody',
  description: 'A funnel to save: a question without its range.',
  examples: [
    {
      stages: [{ events: ['product_view'] }, { events: ['add_to_cart'] }, { events: ['purchase'] }],
      window: '1d',
    },
  ],
})

/** The funnels that every site has from the start. They cannot be changed or deleted. */
export const BUILT_IN_FUNNELS: readonly (FunnelDefinition & { name: string })[] = [
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

export const isBuiltIn = (name: string): boolean =>
  BUILT_IN_FUNNELS.some((funnel) => funnel.name === name)

/** A version of a saved funnel. */
export interface FunnelVersionAnswer {
  name: string
  version: number
  created_at: string
  /** Every site has it; it cannot be changed or deleted. */
  built_in: boolean
  /** Null in the version that deleted it. */
  funnel: FunnelDefinition | null
}

export const funnelVersion: z.ZodType<FunnelVersionAnswer> = z
  .strictObject({
    name: z.string(),
    version: z.int(),
    created_at: z.string(),
    built_in: z.boolean(),
    funnel: funnelFields.extend({ window }).nullable(),
  })
  .meta({ id: 'FunnelVersion', description: 'A version of a saved funnel.' })

/** `GET /v1/funnels`: by name. */
export const funnelList = z.strictObject({ funnels: z.array(funnelVersion) })

/** `GET /v1/funnels/{name}/versions`: the newest first. */
export const funnelVersions = z.strictObject({ versions: z.array(funnelVersion) })
