/** Which row of a breakdown a unit belongs to, as source text for the compiled matching: see compile-lean.ts, breakdown.ts. */
import { SEEN } from '../matching/bits.ts'
import type { Plan } from '../matching/plan.ts'
import { slotText } from './row-book.ts'

/** Whether a unit reached a stage. */
export const has = (stage: number) => `(reached & ${1 << stage}) !== 0`

export const OPEN_BOOK = `const { table, places } = book
const shift = Math.clz32(table.length) + 1, lastSlot = table.length - 1, buckets = edges.length - 1
let rows = book.length`

/** Sets `row` to the number of the row that a matched unit belongs to: see breakdown.ts. Gives up where several events of one moment have a say. */
export const findRow = (
  plan: Plan,
  attribution: string,
  mask: string,
): string => `let code = 0, isTied = false
  if (codes !== null) {
    ${findCode(plan, attribution, mask)}
  }
  if (isTied) {
    ties[tiesLength++] = unit
    paidLength = paidBefore
    continue
  }
  const place = code * buckets + row
  let slot = ${slotText('place', 'shift')}
  while (table[slot] !== 0 && places[table[slot] - 1] !== place) slot = (slot + 1) & lastSlot
  if (table[slot] === 0) {
    places[rows] = place
    table[slot] = ++rows
  }
  row = table[slot] - 1`

function findCode(plan: Plan, attribution: string, mask: string): string {
  if (attribution === 'entry') return `code = codes[${atFurthest(plan, 'start')}]`
  if (attribution !== 'first_touch' && attribution !== 'last_touch') {
    const stage = Number(attribution.slice('stage:'.length)) - 1
    return `if (${has(stage)}) code = codes[last${stage}]`
  }
  const events =
    attribution === 'first_touch'
      ? 'let i = begin; i < until && at[i] <= time; i++'
      : 'let i = next - 1; i >= begin && at[i] >= from; i--'
  return `const time = at[${atFurthest(plan, 'last')}]
    let next = ${atFurthest(plan, 'last')}
    while (next < until && at[next] === time) next++
    for (${events}) {
      if (codes[i] === 0 || at[i] < from || (${mask} & ${SEEN}) === 0) continue
      code = codes[i]
      isTied = (i > begin && at[i - 1] === at[i]) || (i + 1 < until && at[i + 1] === at[i])
      break
    }`
}

/** A variable of the last required stage that was reached. */
const atFurthest = ({ stages, required }: Plan, variable: string): string =>
  Array.from({ length: stages }, (_, stage) => stage)
    .filter((stage) => stage > 0 && (required & (1 << stage)) !== 0)
    .reduce((before, stage) => `(${has(stage)} ? ${variable}${stage} : ${before})`, `${variable}0`)
