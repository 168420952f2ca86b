import { type OpenPart, openPart } from '@weir/timeline/parts'
import type { PoolClient } from 'pg'
import { type Codes, codeOfName } from '../weave/read-codes.ts'
import { readBatches } from '../weave/read-rows.ts'
import type { Pin } from './pin.ts'

/** A batch of the tail was not there whole: the question must be pinned again. */
export class TailChanged extends Error {}

/** What is not woven yet, woven in memory. Throws TailChanged. */
export async function tailParts(client: PoolClient, pin: Pin, codes: Codes): Promise<OpenPart[]> {
  const read = await readBatches(client, pin.site_id, pin.tail)
  if (read.whole.length !== pin.tail.length) throw new TailChanged('the tail changed')
  return read
    .weave(codeOfName(codes), 1)
    .filter(({ day }) => day >= pin.days.first && day <= pin.days.last)
    .map(openPart)
}
