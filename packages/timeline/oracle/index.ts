/**
 * The funnel by brute force: semantics.md written down as definitions, with no regard for speed.
 * It shares types and the reading of properties with the engine, nothing else.
 * For histories of about ten events a visitor.
 */

export { isChain } from './chain.ts'
export { chainsTo } from './chains-to.ts'
export { compareChains, firstChains } from './first-chains.ts'
export { type Chain, type HistoryEvent, historyOf, seenEvents } from './history.ts'
export { matchUnit, oracleMatch, unitsOf } from './match.ts'
export * from './plain-tally.ts'
export { oracleTally } from './tally.ts'
export { visitsOf } from './visits.ts'
