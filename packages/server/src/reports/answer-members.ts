import type { MembersAnswer, MembersQuestion, Site } from '@weir/contract'
import { type Member, type MembersWish, memberKeyOf } from '@weir/timeline'
import { z } from 'zod'
import type { Backend } from '../backend.ts'
import { wrongFields } from '../problems.ts'
import { count } from './count.ts'
import { readCursor, writeCursor } from './cursor.ts'
import type { ResolvedQuestion } from './resolve-question.ts'
import { resolveSaved } from './resolve-saved.ts'
import { rowsOf } from './rows-of.ts'
import { stageOf } from './stage-of.ts'

const DEFAULT_LIMIT = 100

/** Which row of the breakdown is listed. */
type Row = { value: string | null | undefined; other: boolean }

const memberKey = z.object({ visitor: z.string(), entered_at: z.number() })

/** Lists who is behind one count of a funnel, a page at a time. */
export async function answerMembers(
  backend: Backend,
  site: Site,
  {
    stage,
    who = 'reached',
    value,
    other = false,
    limit = DEFAULT_LIMIT,
    cursor,
    ...asked
  }: MembersQuestion,
  signal?: AbortSignal,
): Promise<MembersAnswer> {
  const { format: _, ...question } = asked
  const resolved = await resolveSaved(backend, site, question)
  const { funnel, range } = resolved
  const number = stage === undefined ? funnel.stages.length : stageOf(resolved.asked, stage)
  checkWish(resolved, number, who, { value, other })
  const same = [resolved.asked, number, who, value ?? null, value === undefined, other]
  // Which rows stand alone is what the same funnel says.
  const shown = other ? await shownValues(backend, site, resolved, signal) : []
  const wish: MembersWish = {
    stage: number,
    who,
    // One more tells whether there is another page.
    limit: limit + 1,
    ...(value === undefined ? {} : { rows: { values: [value], are: 'meant' } }),
    ...(other ? { rows: { values: shown, are: 'left_out' } } : {}),
    ...(cursor === undefined ? {} : { after: readCursor(same, cursor, memberKey) }),
  }
  const read = { from: range.from, until: range.to - 1 + funnel.window_ms }
  const as_of = backend.now()
  const listed = { funnel, range, wish }
  const { total, members } = await backend.scan.ask(site.id, 'members', listed, read, signal)
  const page = members.slice(0, limit)
  const last = members.length > limit ? page.at(-1) : undefined
  return {
    question: {
      ...resolved.asked,
      stage: number,
      who,
      ...(value === undefined ? {} : { value }),
      ...(other ? { other } : {}),
      limit,
      definitions: {
        ...resolved.asked.definitions,
        members: sentenceOf(resolved, number, who, { value, other }),
      },
    },
    as_of: new Date(as_of).toISOString(),
    total,
    members: page.map((member) => memberAnswer(resolved, member)),
    next: last ? writeCursor(same, memberKeyOf(last)) : null,
  }
}

/** The values of the rows that are not summed in `other`. */
const shownValues = (
  { scan }: Backend,
  site: Site,
  { asked, funnel, range, limit }: ResolvedQuestion,
  signal: AbortSignal | undefined,
): Promise<(string | null)[]> =>
  count(
    scan,
    site.id,
    [{ funnel, targets: [], detail: 'counts', range }],
    (parts) =>
      parts
        .flat()
        .flatMap((counted) => rowsOf(asked, counted, limit).breakdown.map(({ value }) => value)),
    signal,
  )

function checkWish(
  { asked: { stages, breakdown } }: ResolvedQuestion,
  stage: number,
  who: 'reached' | 'dropped',
  { value, other }: Row,
) {
  const path = other ? 'other' : 'value'
  if ((value !== undefined || other) && breakdown === null) {
    const message = 'needs a `breakdown`: it names one of its rows'
    throw wrongFields([{ path, code: 'not_combinable', message }])
  }
  if (value !== undefined && other) {
    const message = 'is a row of its own: leave out `value`'
    throw wrongFields([{ path, code: 'not_combinable', message }])
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
  { value, other }: Row,
): string {
  const reached = `${unit}s that reached ${stages[stage - 1]?.name}`
  const next = stages.find(({ optional }, at) => at >= stage && !optional)
  const dropped = who === 'dropped' ? ` and not ${next?.name}` : ''
  const one =
    value === undefined ? '' : `, of the row ${breakdown?.property} = ${value ?? '(unset)'}`
  const row = other ? `, of the rows beyond the ${breakdown?.limit} largest` : one
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
