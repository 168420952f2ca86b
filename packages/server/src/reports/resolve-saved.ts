import type { AskedQuestion, FunnelQuestion, Site } from '@weir/contract'
import type { Backend } from '../backend.ts'
import { ProblemError, problemsOf } from '../problems.ts'
import { findFunnel } from '../sites/funnels.ts'
import { unknownFunnel } from '../sites/unknown-funnel.ts'
import { type ResolvedQuestion, resolveQuestion } from './resolve-question.ts'
import { resolveRange } from './resolve-range.ts'
import { type Named, warningsOf } from './warnings-of.ts'

/** Resolves a question, by the site's saved funnel if it names one: what the question says itself wins. */
export async function resolveSaved(
  backend: Backend,
  site: Site,
  question: FunnelQuestion,
  stage?: string,
): Promise<ResolvedQuestion> {
  const resolved = await resolveByName(backend, site, question, stage)
  const warnings = await warningsOf(backend.db.reports, site.id, namedIn(resolved.asked))
  return { ...resolved, asked: { ...resolved.asked, warnings } }
}

async function resolveByName(
  { db }: Backend,
  site: Site,
  question: FunnelQuestion,
  stage: string | undefined,
): Promise<ResolvedQuestion> {
  if (question.funnel === undefined) return resolveQuestion(question, undefined, site, stage)
  const saved = await findFunnel(db.reports, site.id, question.funnel)
  if (!saved) {
    const unknown = await unknownFunnel(db.reports, site.id, question.funnel)
    const wrong = problemsOf(() => resolveRange(question, site.time_zone))
    const also = wrong.map(({ path, message }) => ` ${path}: ${message}.`)
    throw new ProblemError(unknown.code, unknown.message + also.join(''), {
      errors: [...unknown.errors, ...wrong],
    })
  }
  const { order, unit, filters, hold, exclusions } = saved
  const whole = {
    ...question,
    order: question.order ?? order,
    unit: question.unit ?? unit,
    filters: question.filters ?? filters,
    // Null is an answer: hold nothing.
    hold: question.hold === undefined ? hold : question.hold,
    exclusions: question.exclusions ?? exclusions,
  }
  return resolveQuestion(whole, saved, site, stage)
}

function namedIn({ stages, target, exclusions, filters, hold, breakdown }: AskedQuestion): Named {
  const selectors = [...stages, ...exclusions, ...(target ? [target] : [])]
  const all = [...filters, ...selectors.flatMap((selector) => selector.filters ?? [])]
  return {
    events: selectors.flatMap(({ events }) => events),
    properties: [
      ...all.map(({ property }) => property),
      ...(hold === null ? [] : [hold]),
      ...(breakdown ? [breakdown.property] : []),
    ],
  }
}
