import { openColumn, type PartColumn } from './column.ts'
import { type Core, openCore } from './core.ts'
import type { StoredPart } from './part.ts'
import { openVisitorIds, type VisitorIds } from './visitor-ids.ts'

/** A part whose bytes were checked, read in place. */
export interface OpenPart {
  readonly core: Core
  readonly columns: ReadonlyMap<string, PartColumn>
  readonly visitorIds: VisitorIds | null
}

/** Checks checksums, lengths, orders and codes. Throws PartError. */
export function openPart({ core: bytes, visitorIds, columns }: StoredPart): OpenPart {
  const core = openCore(bytes)
  const opened = new Map<string, PartColumn>()
  for (const [property, column] of columns ?? []) opened.set(property, openColumn(column, core))
  return { core, columns: opened, visitorIds: visitorIds ? openVisitorIds(visitorIds, core) : null }
}
