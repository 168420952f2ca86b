import type { FunnelQuestion, Site } from '@weir/contract'
import { ProblemError } from '../problems.ts'
import type { Services } from '../services.ts'
import { findFunnel, listFunnels } from '../sites/funnels.ts'
import { type ResolvedQuestion, resolveQuestion } from './resolve-question.ts'

/** Resolves a question, by the site's saved funnel if it names one: what the question says itself wins. */
export async function resolveSaved(
  { db }: Services,
  site: Site,
  question: FunnelQuestion,
  stage?: string,
): Promise<ResolvedQuestion> {
  if (question.funnel === undefined) return resolveQuestion(question, undefined, site, stage)
  const saved = await findFunnel(db.reports, site.id, question.funnel)
  if (saved) {
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
  const names = (await listFunnels(db.reports, site.id)).map(({ name }) => name)
  const message = `there is no funnel \`${question.funnel}\`; there are ${names.join(', ')}`
  throw new ProblemError('unknown_funnel', message, {
    errors: [{ path: 'funnel', code: 'unknown_funnel', message }],
  })
}
