import {
  type Core,
  type OpenPart,
  openColumn,
  openCore,
  openVisitorIds,
  type PartColumn,
  type VisitorIds,
} from '@weir/timeline/parts'
import type { Shared } from './shared-blocks.ts'

/** A part in shared memory: its core, and what of its visitors' ids and columns (by name) a question needs. */
export interface SharedPart {
  /** Names it among all parts of its site. */
  key: string
  core: Shared
  ids: Shared | null
  columns: [property: string, column: Shared][]
}

/** Opens parts for one thread: what was opened and checked for one question stays for the next. */
export class SharedParts {
  #slabs = new Map<number, OpenedSlab>()

  /** `slabs` are those that the parts stand in; what is of no slab in `kept` is forgotten. */
  open(
    parts: readonly SharedPart[],
    slabs: ReadonlyMap<number, SharedArrayBuffer>,
    kept: readonly number[],
  ): OpenPart[] {
    const known = this.#slabs
    this.#slabs = new Map()
    for (const number of kept) {
      const slab = known.get(number)
      if (slab) this.#slabs.set(number, slab)
    }
    for (const [number, memory] of slabs)
      if (!this.#slabs.has(number)) this.#slabs.set(number, new OpenedSlab(memory))
    return parts.map((part) => this.#openPart(part))
  }

  #openPart({ core: place, ids, columns }: Omit<SharedPart, 'key'>): OpenPart {
    const core = this.#slabOf(place).coreAt(place)
    const opened = columns.map(
      ([property, column]) => [property, this.#slabOf(column).columnAt(column, core)] as const,
    )
    const visitorIds = ids && this.#slabOf(ids).idsAt(ids, core)
    return { core, columns: new Map(opened), visitorIds }
  }

  #slabOf({ slab }: Shared): OpenedSlab {
    const opened = this.#slabs.get(slab)
    if (!opened) throw new Error('a part of a slab that was not sent')
    return opened
  }
}

class OpenedSlab {
  readonly #memory: SharedArrayBuffer
  readonly #cores = new Map<number, Core>()
  readonly #columns = new Map<number, PartColumn>()
  readonly #ids = new Map<number, VisitorIds>()

  constructor(memory: SharedArrayBuffer) {
    this.#memory = memory
  }

  coreAt({ offset, bytes }: Shared): Core {
    const core = this.#cores.get(offset) ?? openCore(new Uint8Array(this.#memory, offset, bytes))
    this.#cores.set(offset, core)
    return core
  }

  columnAt({ offset, bytes }: Shared, core: Core): PartColumn {
    const known = this.#columns.get(offset)
    if (known) return known
    const column = openColumn(new Uint8Array(this.#memory, offset, bytes), core)
    this.#columns.set(offset, column)
    return column
  }

  idsAt({ offset, bytes }: Shared, core: Core): VisitorIds {
    const known = this.#ids.get(offset)
    if (known) return known
    const ids = openVisitorIds(new Uint8Array(this.#memory, offset, bytes), core)
    this.#ids.set(offset, ids)
    return ids
  }
}
