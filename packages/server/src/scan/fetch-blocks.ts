import type { PoolClient } from 'pg'
import { copyEach } from '../db/copy-each.ts'
import { fieldsOf, PART_FIELDS } from '../weave/part-rows.ts'
import type { Block } from './list-blocks.ts'
import { keyOf, offsetsOf } from './shared-blocks.ts'

const AT_ONCE = 4_000

/** Reads blocks into memory that all threads share, one after the other at their offsets. */
export async function fetchBlocks(
  client: PoolClient,
  site_id: number,
  blocks: readonly Block[],
): Promise<SharedArrayBuffer> {
  const { offsets, total } = offsetsOf(blocks)
  const memory = new Uint8Array(new SharedArrayBuffer(total))
  const places = new Map(
    blocks.map((block, index) => [keyOf(block), { offset: offsets[index]!, bytes: block.bytes }]),
  )
  for (let first = 0; first < blocks.length; first += AT_ONCE) {
    const some = blocks.slice(first, first + AT_ONCE)
    await copyEach(client, selectOf(site_id, some), (bytes, fields) => {
      const row = fields.map((field) => field && bytes.subarray(field.begin, field.end))
      const { data, ...block } = fieldsOf(row)
      const place = places.get(keyOf(block))
      if (place?.bytes !== data.length) throw new Error('a part is not as it was listed')
      memory.set(data, place.offset)
      places.delete(keyOf(block))
    })
  }
  if (places.size > 0) throw new Error(`${places.size} columns of parts are not where they were`)
  return memory.buffer
}

const selectOf = (site_id: number, blocks: readonly Block[]): string => `
  select ${PART_FIELDS}
  from timelines
  where site_id = ${Number(site_id)}
    and (day - date '1970-01-01', weave, slots, slot, property) in (${blocks.map(valuesOf).join(', ')})
    and day between date '1970-01-01' + ${Math.min(...blocks.map(({ day }) => day))}
      and date '1970-01-01' + ${Math.max(...blocks.map(({ day }) => day))}`

const valuesOf = ({ day, weave, slots, slot, property }: Block): string =>
  `(${[day, weave, slots, slot, property].map(Number).join(', ')})`
