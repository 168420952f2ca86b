/** One event in one funnel, as 32 bits. */

/** Bits 0 to 19: the stages that the event matches. */
export const MAX_STAGES = 20
export const STAGES = (1 << MAX_STAGES) - 1

/** It exists for the question: no bot, not cookieless, unless asked for. Visits are cut from these. */
export const PRESENT = 1 << 20

/** It passes the question's filters too. */
export const SEEN = 1 << 21

/** Bits 22 to 29: the exclusions that it matches. */
export const MAX_EXCLUSIONS = 8
export const FIRST_EXCLUSION = 22

/** `strict`: whatever stands between two events of a chain spoils it, so every event is an exclusion. */
export const STRICT = 1 << (FIRST_EXCLUSION + MAX_EXCLUSIONS)

export const EXCLUDED = (((1 << MAX_EXCLUSIONS) - 1) << FIRST_EXCLUSION) | STRICT

/** It takes part in matching. */
export const RELEVANT = STAGES | EXCLUDED

/** It is cookieless, and would be seen if the question asked for those. */
export const COOKIELESS = 1 << 31
