/**
 * Every report by brute force: semantics.md written down as definitions, with no regard for speed.
 * It shares types and the reading of properties with the engine, nothing else.
 * For histories of about ten events a visitor.
 */

export { oracleCarts, type PlainCarts, type PlainCartsWish } from './carts.ts'
export { isChain } from './chain.ts'
export { chainsTo } from './chains-to.ts'
export { valuesOf } from './filter.ts'
export { compareChains, firstChains } from './first-chains.ts'
export { type Chain, type HistoryEvent, historyOf, seenEvents } from './history.ts'
export { matchUnit, oracleMatch, unitsOf } from './match.ts'
export { oracleMembers, type PlainMember } from './members.ts'
export * from './plain-tally.ts'
export { eventsSeen, oracleProducts, type PlainProduct, type PlainWish } from './products.ts'
export { oracleTally } from './tally.ts'
export { visitsOf } from './visits.ts'
