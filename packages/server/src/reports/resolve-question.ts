import {
  type AskedQuestion,
  durationMs,
  type FieldProblem,
  type FilterInput,
  type FunnelQuestion,
  type SavedFunnel,
  type SelectorInput,
  type Site,
} from '@weir/contract'
import type { Attribution, Filter, Funnel, Range, Selector } from '@weir/timeline'
import { problemsOf, wrongFields } from '../problems.ts'
import { countDefinitions } from './count-definitions.ts'
import { resolveRange } from './resolve-range.ts'
import { stageOf } from './stage-of.ts'

/** A question with every default filled in: as it is answered, and as the engine takes it. */
export interface ResolvedQuestion {
  asked: AskedQuestion
  funnel: Funnel
  range: Range
  target: Selector | null
  limit: number
}

export const DEFAULT_WINDOW = '7d'
const DEFAULT_LIMIT = 25

/** `stage` is the number or name of the one that `conversion` is of. The whole funnel is asked: a shorter one would be another question. */
export function resolveQuestion(
  question: FunnelQuestion,
  saved: SavedFunnel | undefined,
  site: Site,
  stage?: string,
): ResolvedQuestion {
  const stages = (question.stages ?? saved?.stages ?? []).map((stage) => ({
    name: stage.name ?? stage.events.join(' or '),
    events: stage.events,
    filters: stage.filters ?? [],
    optional: stage.optional ?? false,
  }))
  const { breakdown } = question
  const limit = breakdown?.limit ?? DEFAULT_LIMIT
  const plain = {
    funnel: saved?.name ?? null,
    funnel_version: saved?.version ?? null,
    stages,
    window: question.window ?? saved?.window ?? DEFAULT_WINDOW,
    order: question.order ?? ('ordered' as const),
    unit: question.unit ?? ('visitor' as const),
    time_zone: site.time_zone,
    target: question.target ?? null,
    filters: question.filters ?? [],
    hold: question.hold ?? null,
    bots: question.bots ?? false,
    cookieless: question.cookieless ?? false,
    exclusions: (question.exclusions ?? []).map((exclusion) => ({
      events: exclusion.events,
      filters: exclusion.filters ?? [],
      after_stage: exclusion.after_stage ?? 1,
      before_stage: exclusion.before_stage ?? stages.length,
    })),
    breakdown: breakdown
      ? { property: breakdown.property, attribution: breakdown.attribution ?? 'last_touch', limit }
      : null,
  }
  const getRange = () => resolveRange(question, site.time_zone)
  const getStage = () => (stage === undefined ? stages.length : stageOf(plain, stage, 2))
  const wrong = [...problemsOf(getRange), ...wrongStages(plain), ...problemsOf(getStage)]
  if (wrong.length > 0) throw wrongFields(wrong)
  const range = getRange()
  const measured = {
    ...plain,
    from: new Date(range.from).toISOString(),
    to: new Date(range.to).toISOString(),
    stage: getStage(),
  }
  return {
    asked: { ...measured, warnings: [], definitions: countDefinitions(measured) },
    funnel: {
      stages: stages.map((stage) => ({ ...selectorOf(stage), optional: stage.optional })),
      window_ms: durationMs(plain.window) ?? 0,
      order: plain.order,
      unit: plain.unit,
      hold: plain.hold,
      filters: plain.filters.map(filterOf),
      exclusions: plain.exclusions.map((exclusion) => ({ ...exclusion, ...selectorOf(exclusion) })),
      breakdown: breakdown
        ? { property: breakdown.property, attribution: attributionOf(breakdown.attribution) }
        : null,
      bots: plain.bots,
      cookieless: plain.cookieless,
    },
    range,
    target: plain.target ? selectorOf(plain.target) : null,
    limit,
  }
}

/** What zod cannot see: how the parts of a question fit together. */
function wrongStages(
  question: Pick<AskedQuestion, 'stages' | 'order' | 'exclusions' | 'breakdown'>,
): FieldProblem[] {
  const { stages, order, exclusions, breakdown } = question
  const wrong: FieldProblem[] = []
  const say = (path: string, code: string, message: string) => wrong.push({ path, code, message })
  if (stages.length === 0) say('stages', 'required', 'name a `funnel`, or give 2 to 20 stages')
  for (const index of [0, stages.length - 1]) {
    if (stages[index]?.optional) {
      say(`stages.${index}.optional`, 'not_combinable', 'the first and the last stage are required')
    }
  }
  const optional = stages.filter((stage) => stage.optional).map(({ name }) => `\`${name}\``)
  if (order !== 'ordered' && optional.length > 0) {
    const message = `\`${order}\` takes no optional stages: give \`stages\` without ${optional.join(' and ')}, or with it required`
    say('order', 'not_combinable', message)
  }
  if (order === 'strict' && exclusions.length > 0) {
    say('exclusions', 'not_combinable', '`strict` takes no exclusions')
  }
  for (const [index, { after_stage, before_stage }] of exclusions.entries()) {
    for (const [field, stage] of Object.entries({ after_stage, before_stage })) {
      if (stages[stage - 1]?.optional !== false) {
        say(`exclusions.${index}.${field}`, 'invalid', `stage ${stage} is optional, or none`)
      }
    }
    if (after_stage >= before_stage) {
      say(`exclusions.${index}.before_stage`, 'invalid', 'must come after `after_stage`')
    }
    // What an answer gives back as the question may be asked again: the defaults are no wish.
    if (order === 'any_order' && (after_stage > 1 || before_stage < stages.length)) {
      const message =
        'in `any_order` no stage is before another: an excluded event ends every open window; leave out `after_stage` and `before_stage`'
      say(`exclusions.${index}`, 'not_combinable', message)
    }
  }
  const [, touched] = /^stage:(\d+)$/.exec(breakdown?.attribution ?? '') ?? []
  if (touched !== undefined && !stages[Number(touched) - 1]) {
    say('breakdown.attribution', 'invalid', `there is no stage ${touched}`)
  }
  return wrong
}

function attributionOf(text = 'last_touch'): Attribution {
  if (text === 'first_touch' || text === 'entry') return text
  return text.startsWith('stage:') ? `stage:${Number(text.slice('stage:'.length))}` : 'last_touch'
}

const selectorOf = ({ events, filters }: SelectorInput): Selector => ({
  events,
  filters: (filters ?? []).map(filterOf),
})

/** A filter as the engine takes it. */
export const filterOf = ({ property, op, value }: FilterInput): Filter =>
  value === undefined || value === null ? { property, op } : { property, op, value }
