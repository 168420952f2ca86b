export { Arena } from './arena.ts'
export { openColumn, type PartColumn } from './column.ts'
export { type Core, openCore } from './core.ts'
export { type EventName, hiddenOf } from './event-name.ts'
export type { Extent } from './extent.ts'
export {
  type GatherOptions,
  gatherHashed,
  gatherParts,
  type HashedTimelines,
  type PartTimelines,
} from './gather-parts.ts'
export {
  EVERYONE,
  HASHES,
  type HashRange,
  hashRanges,
  rangeOfSlot,
  SLOTS,
  slotOf,
  slotsFor,
} from './hash-range.ts'
export { joinKept } from './join-kept.ts'
export { type KeptTimelines, keep } from './kept-timelines.ts'
export { type CodeOf, Loom } from './loom.ts'
export { type OpenPart, openPart } from './open-part.ts'
export type { Part, StoredPart } from './part.ts'
export { PartError } from './part-error.ts'
export { dropFromPart, mergeParts, type PartEvent, splitPart } from './repack-parts.ts'
export { type VisitorHash, visitorHash } from './visitor-hash.ts'
export { openVisitorIds, type VisitorIds } from './visitor-ids.ts'
