import type { FunnelAnswer, FunnelQuestion, MatureAnswer, Site } from '@weir/contract'
import { ProblemError } from '../problems.ts'
import type { Services } from '../services.ts'
import { findFunnel, listFunnelNames } from '../sites/funnels.ts'
import { type Counted, count } from './count.ts'
import { type Counting, planOf } from './plan.ts'
import { explained, ratesOf } from './rates-of.ts'
import { type ResolvedQuestion, resolveQuestion } from './resolve-question.ts'
import { rowsOf } from './rows-of.ts'
import { conversionOf, stagesOf } from './stages-of.ts'

/**
 * Answers a funnel question of one site, with every event that was acknowledged before it came.
 * `last` names the stage that the funnel is asked up to.
 */
export async function answerFunnel(
  services: Services,
  site: Site,
  question: FunnelQuestion,
  last?: string,
): Promise<FunnelAnswer> {
  const resolved = await resolve(services, site, question, last)
  const as_of = services.now()
  const plan = planOf(resolved, as_of)
  const { main, mature } = await count(services.scan, site.id, plan)
  return {
    ...answerOf(resolved, main),
    as_of: new Date(as_of).toISOString(),
    mature: plan.mature && mature && matureOf(resolved, plan.mature, mature),
  }
}

async function resolve(
  { db }: Services,
  site: Site,
  question: FunnelQuestion,
  last: string | undefined,
): Promise<ResolvedQuestion> {
  if (question.funnel === undefined) return resolveQuestion(question, undefined, site, last)
  const saved = await findFunnel(db.reports, site.id, question.funnel)
  if (saved) return resolveQuestion(question, saved, site, last)
  const names = await listFunnelNames(db.reports, site.id)
  const message = `there is no funnel \`${question.funnel}\`; there are ${names.join(', ')}`
  throw new ProblemError('unknown_funnel', message, {
    errors: [{ path: 'funnel', code: 'unknown_funnel', message }],
  })
}

function answerOf(
  { asked, limit }: ResolvedQuestion,
  counted: Counted,
): Omit<FunnelAnswer, 'as_of' | 'mature'> {
  const counts = {
    tally: counted.funnel,
    targets: counted.targets,
    site_visitors: counted.funnel.site_visitors,
  }
  const stages = stagesOf(asked, counts)
  const conversion = conversionOf(asked, counts)
  const rows = asked.breakdown ? rowsOf(asked, counted, limit) : { breakdown: null, other: null }
  return {
    question: asked,
    site_visitors: counted.funnel.site_visitors,
    cookieless_events: counted.funnel.cookieless_events,
    stages: stages.map((stage, place) => ({
      ...stage,
      rates: explained(asked, stage.rates, place),
    })),
    conversion: {
      ...conversion,
      rates: explained(asked, conversion.rates, asked.stages.length - 1),
    },
    ...rows,
  }
}

function matureOf(
  { asked }: ResolvedQuestion,
  { range }: Counting,
  counted: Counted,
): MatureAnswer {
  const counts = {
    tally: counted.funnel,
    targets: counted.targets,
    site_visitors: counted.funnel.site_visitors,
  }
  const last = asked.stages.length - 1
  return {
    until: new Date(range.to).toISOString(),
    stages: asked.stages.map(({ name }, place) => ({
      stage: place + 1,
      name,
      count: counted.funnel.stages[place]?.count ?? 0,
      rates: ratesOf(asked, counts, place),
    })),
    rates: explained(asked, ratesOf(asked, counts, last), last),
  }
}
