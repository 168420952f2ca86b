import { STAGES } from './question.ts'
import type { Source } from './window-sql.ts'

/**
 * The funnel by a join for each stage, as trackers on Postgres write it. Its rule is another one: the
 * window runs anew from every stage to the next, so a chain may last three windows.
 */
export function joinSql({ from_clause, visitor, at, isStage, from, to, window }: Source): string {
  const ctes = STAGES.map((_, index) => {
    const stage = index + 1
    const events = `
    select ${visitor} as visitor, ${at} as happened
    from ${from_clause}
      and ${isStage(stage)}
      and ${at} >= ${from}
      and ${at} < ${stage === 1 ? to : `${to} + ${window} * ${index}`}`
    if (stage === 1) return `stage_1 as (${events}\n)`
    return `stage_${stage} as (
  select distinct later.visitor, later.happened
  from stage_${index} as earlier
  join (${events}
  ) as later on later.visitor = earlier.visitor
    and later.happened > earlier.happened
    and later.happened <= earlier.happened + ${window}
)`
  })
  const counts = STAGES.map(
    (_, index) => `(select count(distinct visitor) from stage_${index + 1}) as stage_${index + 1}`,
  )
  return `with ${ctes.join(',\n')}\nselect ${counts.join(', ')}`
}
