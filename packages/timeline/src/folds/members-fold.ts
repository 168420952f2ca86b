import { codeOfRow } from '../counting/breakdown.ts'
import { rowsOf } from '../counting/rows.ts'
import { collect } from '../matching/candidates.ts'
import type { Funnel, Range } from '../matching/funnel.ts'
import { matchCandidates } from '../matching/match-candidates.ts'
import { matcherOf } from '../matching/matcher.ts'
import { planOf } from '../matching/plan.ts'
import { eventOf, type Reached, timesOf } from '../matching/reached.ts'
import { scratchOf } from '../matching/scratch.ts'
import { unitEnd } from '../matching/visits.ts'
import type { Fold } from './fold.ts'

/** One of those behind a count. With `unit: visit` a visitor stands there once for each visit. */
export interface Member {
  readonly visitor: string
  /** When each event of the chain that first reached the stage was, milliseconds since 1970, entry first. */
  readonly chain_at: readonly number[]
  /** Per stage of the funnel when it was first reached; null where it was not. */
  readonly reached_at: readonly (number | null)[]
  /** The row of the breakdown; null for unset, and without a breakdown. */
  readonly value: string | null
}

/** Where a member stands in the list: members are ordered by visitor, then by entry. */
export interface MemberKey {
  readonly visitor: string
  readonly entered_at: number
}

/** Which members are asked for. */
export interface MembersWish {
  /** Counted from 1. */
  readonly stage: number
  /** `dropped`: reached the stage and not the next required one. */
  readonly who: 'reached' | 'dropped'
  /** Only those of some rows of the breakdown, or of all but some; absent for all. */
  readonly rows?: {
    readonly values: readonly (string | null)[]
    readonly are: 'meant' | 'left_out'
  }
  /** Only those after this one. */
  readonly after?: MemberKey
  readonly limit: number
}

export interface MembersPage {
  /** How many there are, on whatever page. */
  total: number
  /** The first `limit` of those after `after`, in order. */
  members: Member[]
}

/** How many more than a page are kept before they are sorted. */
const SLACK = 512

/** Lists who reached a stage, or dropped off there, a page at a time. The source must carry visitor ids. Throws ListProperty. */
export function membersFold(
  funnel: Funnel,
  range: Range,
  { stage, who, rows: asked, after, limit }: MembersWish,
): Fold<MembersPage> {
  const plan = planOf(funnel)
  const scratch = scratchOf(plan)
  const { candidates, reached } = scratch
  const next = funnel.stages.findIndex(({ optional }, index) => index >= stage && !optional)
  const named = new Set(asked?.values)
  const isInRow = (value: string | null) => !asked || named.has(value) === (asked.are === 'meant')
  const belongs = () => {
    if ((reached.lengths[stage - 1] ?? 0) === 0) return false
    return who === 'reached' || (next >= 0 && reached.lengths[next] === 0)
  }
  const cut = (members: Member[]) => members.sort(compareMembers).slice(0, limit)
  return {
    start: () => ({ total: 0, members: [] }),
    visit(page, source) {
      const { visitorIds } = source
      if (!visitorIds) throw new Error('members are listed from timelines without visitor ids')
      const matcher = matcherOf(funnel, source, plan)
      const rows = rowsOf(funnel, source)
      page.members = cut(page.members)
      // Of a full page: who comes after it is only counted.
      let last = page.members[limit - 1]
      let begin = 0
      for (const [index, end] of source.ends.entries()) {
        for (let next = begin; begin < end; begin = next) {
          next = unitEnd(matcher, begin, end)
          collect(matcher, begin, next, range, candidates)
          if (candidates.length === 0) continue
          matchCandidates(matcher, range, scratch)
          if (!belongs()) continue
          const value = rows && rows.texts[codeOfRow(rows, matcher, scratch, range, begin, next)]!
          if (!isInRow(value)) continue
          page.total++
          const visitor = visitorIds.at(index)!
          if ((after && visitor < after.visitor) || (last && visitor > last.visitor)) continue
          const chain_at = timesOf(reached, stage - 1, candidates)
          if (after && compareKeys({ visitor, entered_at: chain_at[0] ?? 0 }, after) <= 0) continue
          page.members.push({ visitor, chain_at, reached_at: firstTimes(reached), value })
          if (page.members.length <= limit + SLACK) continue
          page.members = cut(page.members)
          last = page.members[limit - 1]
        }
      }
      return page
    },
    merge: (a, b) => ({ total: a.total + b.total, members: cut(a.members.concat(b.members)) }),
    finish: ({ total, members }) => ({ total, members: cut(members) }),
  }

  function firstTimes({ lengths }: Reached): (number | null)[] {
    return Array.from(lengths, (length, stage) =>
      length === 0 ? null : candidates.at[eventOf(reached, stage, length - 1)]!,
    )
  }
}

export const memberKeyOf = ({ visitor, chain_at }: Member): MemberKey => ({
  visitor,
  entered_at: chain_at[0] ?? 0,
})

/** Two visits of a visitor never enter at one time. */
function compareKeys(a: MemberKey, b: MemberKey): number {
  if (a.visitor === b.visitor) return a.entered_at - b.entered_at
  return a.visitor < b.visitor ? -1 : 1
}

const compareMembers = (a: Member, b: Member): number => compareKeys(memberKeyOf(a), memberKeyOf(b))
