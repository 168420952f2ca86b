import type {
  ExplainAnswer,
  ExplainQuestion,
  ObstacleAnswer,
  Site,
  StopAnswer,
} from '@weir/contract'
import {
  columnsOf,
  type Explanation,
  explain,
  type Funnel,
  gather,
  holds,
  type Obstacle,
  propertyValue,
} from '@weir/timeline'
import type { Backend } from '../backend.ts'
import { ProblemError } from '../problems.ts'
import { checkVisitor } from './check-visitor.ts'
import { listVisitorEvents, type VisitorEvent } from './list-visitor-events.ts'
import type { ResolvedQuestion } from './resolve-question.ts'
import { resolveSaved } from './resolve-saved.ts'
import { stopSentence } from './stop-sentence.ts'

/** Whoever has more is no person; matched in the thread that answers. */
const MOST_EVENTS = 50_000
const MOST_SHOWN = 1_000

/** Explains one visitor: from its rows, which are the truth, by the code that counts. */
export async function answerExplain(
  backend: Backend,
  site: Site,
  { visitor_id, ...question }: ExplainQuestion,
): Promise<ExplainAnswer> {
  const resolved = await resolveSaved(backend, site, { ...question, breakdown: null })
  const { asked, funnel, range } = resolved
  await checkVisitor(backend.db.reports, site.id, visitor_id)
  const wish = { limit: MOST_EVENTS + 1 }
  const events = await listVisitorEvents(backend.db.reports, site.id, visitor_id, wish)
  if (events.length > MOST_EVENTS)
    throw new ProblemError('too_slow', `This visitor has over ${MOST_EVENTS} events: no person.`)
  const as_of = backend.now()
  const rows = events.map(({ at, name, properties }) => ({
    ...{ visitor: visitor_id, at: at.getTime(), name, properties },
  }))
  const told = explain(funnel, range, gather(rows, columnsOf(funnel, 'counts')), as_of)
  const stages = asked.stages.map(({ name, optional }, place) => ({
    stage: place + 1,
    name,
    optional,
    chain: (told.chains[place] ?? []).flatMap((event) => eventAt(events, event) ?? []),
  }))
  return {
    question: asked,
    as_of: new Date(as_of).toISOString(),
    visitor_id,
    furthest: told.furthest,
    converted: told.stop === null,
    stages: stages.map((stage) => ({
      ...stage,
      chain: stage.chain.map(({ id, at }) => ({ id, at })),
    })),
    stopped: stopOf(resolved, told, events),
    visit: visitOf(resolved, told, events),
    ...timelineOf(resolved, told, events),
  }
}

function eventAt(events: readonly VisitorEvent[], position: number | null | undefined) {
  const event = events[position ?? -1]
  return event ? { id: event.id, name: event.name, at: event.at.toISOString() } : null
}

function stopOf(
  { asked, funnel }: ResolvedQuestion,
  { stop, furthest, chains }: Explanation,
  events: readonly VisitorEvent[],
): StopAnswer | null {
  if (stop === null) return null
  const { stage, besides } = stop
  const isAnyOrder = asked.order === 'any_order'
  const nameOf = (number: number) =>
    isAnyOrder ? `stage ${number} of any order` : (asked.stages[number - 1]?.name ?? '')
  const answerOf = ({ reason, late_ms, ...obstacle }: Obstacle): ObstacleAnswer => {
    const event = eventAt(events, obstacle.event)
    const sentence = stopSentence(asked, {
      ...{ reason, event, late_ms },
      reached: furthest === 0 ? null : nameOf(furthest),
      wanted: nameOf(stage),
      failed: failedBy(funnel, stage, events[obstacle.event ?? -1]),
      reached_at: eventAt(events, chains[furthest - 1]?.at(-1))?.at ?? null,
    })
    return { reason, sentence, event, late_seconds: late_ms === null ? null : late_ms / 1_000 }
  }
  const name = asked.stages[stage - 1]?.name ?? ''
  return { stage, name, ...answerOf(stop), besides: besides.map(answerOf) }
}

/** The filters that an event does not pass: of the question, of a stage, and what leaves bots and cookieless visitors out. */
function failedBy(
  { bots, cookieless, filters, stages }: Funnel,
  stage: number,
  event: VisitorEvent | undefined,
) {
  if (!event) return []
  const people = [...(bots ? [] : ['bot']), ...(cookieless ? [] : ['cookieless'])]
  const own = people.map((property) => ({ property, op: 'ne' as const, value: true }))
  return [...own, ...filters, ...(stages[stage - 1]?.filters ?? [])]
    .filter((filter) => !holds(filter, propertyValue(event.properties, filter.property)))
    .map(({ property, op, value }) =>
      [property, op, ...(value === undefined ? [] : [value])].join(' '),
    )
}

function visitOf(
  { asked }: ResolvedQuestion,
  { begin, end }: Explanation,
  events: readonly VisitorEvent[],
): ExplainAnswer['visit'] {
  const from = eventAt(events, begin)
  const to = eventAt(events, end - 1)
  return asked.unit === 'visit' && from && to ? { from: from.at, to: to.at } : null
}

/** What could have been of a chain: from `from` until the window of the last entry has passed. */
function timelineOf(
  { funnel, range }: ResolvedQuestion,
  { fills, seen, chains, furthest, stop }: Explanation,
  events: readonly VisitorEvent[],
): Pick<ExplainAnswer, 'events' | 'events_left_out'> {
  const chain = chains[furthest - 1] ?? []
  const all = events.flatMap((event, position) => {
    const at = event.at.getTime()
    const isThere = at >= range.from && at < range.to + funnel.window_ms
    if (!isThere && position !== stop?.event) return []
    const { id, name, properties } = event
    const place = chain.indexOf(position)
    const filled = fills.flatMap((some, stage) => (some.includes(position) ? [stage + 1] : []))
    return {
      ...{ id, name, at: event.at.toISOString(), properties },
      seen: seen[position] ?? false,
      fills: filled,
      in_chain: place === -1 ? null : place + 1,
    }
  })
  return { events: all.slice(0, MOST_SHOWN), events_left_out: Math.max(0, all.length - MOST_SHOWN) }
}
