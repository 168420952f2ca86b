import type { MembersAnswer, MembersQuestion, Site } from '@weir/contract'
import { type Member, type MembersWish, memberKeyOf } from '@weir/timeline'
import { z } from 'zod'
import { wrongFields } from '../problems.ts'
import type { Services } from '../services.ts'
import { readCursor, writeCursor } from './cursor.ts'
import type { ResolvedQuestion } from './resolve-question.ts'
import { resolveSaved } from './resolve-saved.ts'
import { stageOf } from './stage-of.ts'

const DEFAULT_LIMIT = 100

const memberKey = z.object({ visitor: z.string(), entered_at: z.number() })

/** Lists who is behind one count of a funnel, a page at a time. */
export async function answerMembers(
  services: Services,
  site: Site,
  { stage, who = 'reached', value, limit = DEFAULT_LIMIT, cursor, ...asked }: MembersQuestion,
  signal?: AbortSignal,
): Promise<MembersAnswer> {
  const { format: _, ...question } = asked
  const resolved = await resolveSaved(services, site, question)
  const { funnel, range } = resolved
  const number = stage === undefined ? funnel.stages.length : stageOf(resolved.asked, stage)
  checkWish(resolved, number, who, value)
  const same = [resolved.asked, number, who, value ?? null, value === undefined]
  const wish: MembersWish = {
    stage: number,
    who,
    // One more tells whether there is another page.
    limit: limit + 1,
    ...(value === undefined ? {} : { row: { value } }),
    ...(cursor === undefined ? {} : { after: readCursor(same, cursor, memberKey) }),
  }
  const read = { from: range.from, until: range.to - 1 + funnel.window_ms }
  const as_of = services.now()
  const listed = { funnel, range, wish }
  const { total, members } = await services.scan.ask(site.id, 'members', listed, read, signal)
  const shown = members.slice(0, limit)
  const { conversion: _conversion, ...definitions } = resolved.asked.definitions
  const last = members.length > limit ? shown.at(-1) : undefined
  return {
    question: {
      ...resolved.asked,
      stage: number,
      who,
      ...(value === undefined ? {} : { value }),
      limit,
      definitions: {
        ...definitions,
        members: sentenceOf(resolved, number, who, value),
      },
    },
    as_of: new Date(as_of).toISOString(),
    total,
    members: shown.map((member) => memberAnswer(resolved, member)),
    next: last ? writeCursor(same, memberKeyOf(last)) : null,
  }
}

function checkWish(
  { asked: { stages, breakdown } }: ResolvedQuestion,
  stage: number,
  who: 'reached' | 'dropped',
  value: string | null | undefined,
) {
  if (value !== undefined && breakdown === null) {
    const message = 'needs a `breakdown`: it names one of its rows'
    throw wrongFields([{ path: 'value', code: 'not_combinable', message }])
  }
  const isNoRung = stage === stages.length || stages[stage - 1]?.optional
  if (who !== 'dropped' || !isNoRung) return
  const message = 'nobody drops off at the last stage, or at an optional one'
  throw wrongFields([{ path: 'who', code: 'not_combinable', message }])
}

function sentenceOf(
  { asked: { stages, unit, breakdown } }: ResolvedQuestion,
  stage: number,
  who: 'reached' | 'dropped',
  value: string | null | undefined,
): string {
  const reached = `${unit}s that reached ${stages[stage - 1]?.name}`
  const next = stages.find(({ optional }, at) => at >= stage && !optional)
  const dropped = who === 'dropped' ? ` and not ${next?.name}` : ''
  const row =
    value === undefined ? '' : `, of the row ${breakdown?.property} = ${value ?? '(unset)'}`
  return `All ${reached}${dropped}${row}: \`total\` is the number that the same funnel counts. Each stage's time is that of the event which first reached it.`
}

function memberAnswer(
  { asked }: ResolvedQuestion,
  { visitor, chain_at, reached_at, value }: Member,
) {
  return {
    visitor_id: visitor,
    entered_at: new Date(chain_at[0] ?? 0).toISOString(),
    stages: asked.stages.map(({ name }, place) => {
      const at = reached_at[place] ?? null
      return { stage: place + 1, name, at: at === null ? null : new Date(at).toISOString() }
    }),
    ...(asked.breakdown ? { value } : {}),
  }
}
