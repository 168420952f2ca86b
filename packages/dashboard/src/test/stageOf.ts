import type { StageAnswer } from '@weir/contract'

/** A stage for tests: a count, and nothing measured. */
export const stageOf = (
  stage: number,
  name: string,
  count: number,
  optional = false,
): StageAnswer => ({
  stage,
  name,
  optional,
  count,
  drop_off: null,
  rates: { funnel: null, previous_stage: null, target_action: null, of_site: null },
  time_to_stage: null,
  time_at_stage: null,
  revenue: [],
})
