import type { FunnelQuestion, Site } from '@weir/contract'
import { ProblemError } from '../problems.ts'
import type { Services } from '../services.ts'
import { findFunnel, listFunnelNames } from '../sites/funnels.ts'
import { type ResolvedQuestion, resolveQuestion } from './resolve-question.ts'

/** Resolves a question, by the site's saved funnel if it names one. */
export async function resolveSaved(
  { db }: Services,
  site: Site,
  question: FunnelQuestion,
  stage?: string,
): Promise<ResolvedQuestion> {
  if (question.funnel === undefined) return resolveQuestion(question, undefined, site, stage)
  const saved = await findFunnel(db.reports, site.id, question.funnel)
  if (saved) return resolveQuestion(question, saved, site, stage)
  const names = await listFunnelNames(db.reports, site.id)
  const message = `there is no funnel \`${question.funnel}\`; there are ${names.join(', ')}`
  throw new ProblemError('unknown_funnel', message, {
    errors: [{ path: 'funnel', code: 'unknown_funnel', message }],
  })
}
