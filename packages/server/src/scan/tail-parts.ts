import { type OpenPart, openPart } from '@weir/timeline/parts'
import type { PoolClient } from 'pg'
import { type Codes, codeOfName } from '../weave/read-codes.ts'
import { type Batch, readBatches } from '../weave/read-rows.ts'
import type { Pin } from './pin.ts'

/** A batch of the tail was not there whole: the question must be pinned again. */
export class TailChanged extends Error {}

/** Batches that are not woven yet, woven in memory. Throws TailChanged. */
export async function weaveBatches(
  client: PoolClient,
  site_id: number,
  batches: readonly Batch[],
  codes: Codes,
): Promise<OpenPart[]> {
  const read = await readBatches(client, site_id, batches)
  if (read.whole.length !== batches.length) throw new TailChanged('the tail changed')
  return read.weave(codeOfName(codes), 1).map(openPart)
}

export const partsOfDays = (parts: readonly OpenPart[], { first, last }: Pin['days']): OpenPart[] =>
  parts.filter(({ core: { day } }) => day >= first && day <= last)
