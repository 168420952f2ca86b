import type { AskedQuestion, FunnelAnswer, FunnelQuestion, Interval, Site } from '@weir/contract'
import type { Range } from '@weir/timeline'
import type { Backend } from '../backend.ts'
import { answerPart } from './answer-part.ts'
import { bucketsOf } from './buckets.ts'
import { type Compared, compareOf } from './compare-of.ts'
import { comparedRange } from './compared-range.ts'
import { type Counted, type Counting, count } from './count.ts'
import { matureOf } from './mature-of.ts'
import { funnelsOf, maturePart, wholeOf } from './plan.ts'
import { pointsOf } from './points-of.ts'
import { COMPARE_DEFINITIONS, POINT_DEFINITIONS, rateDefinitions } from './rate-definitions.ts'
import { explained } from './rates-of.ts'
import type { ResolvedQuestion } from './resolve-question.ts'
import { resolveSaved } from './resolve-saved.ts'

/** What an address may ask for beside the funnel itself. */
export interface Extras {
  /** The number or name of the stage that `conversion` is of; the last without it. */
  stage?: string | undefined
  interval?: Interval | undefined
  /** `previous`, or `A..B`. */
  compare?: string | undefined
  /** Takes the question back. */
  signal?: AbortSignal
}

/**
 * Answers a funnel question of one site, with every event that was acknowledged before it came.
 * All ranges and buckets of one answer are counted in one pass over the same events.
 */
export async function answerFunnel(
  backend: Backend,
  site: Site,
  question: FunnelQuestion,
  { stage, interval, compare, signal }: Extras = {},
): Promise<FunnelAnswer> {
  const resolved = await resolveSaved(backend, site, question, stage)
  const as_of = backend.now()
  const { range, funnel } = resolved
  const funnels = funnelsOf(resolved)
  const boundaries = interval && bucketsOf(range, interval, site.time_zone)
  const then = compare === undefined ? null : comparedRange(compare, range, site.time_zone)
  const mature = maturePart(range, funnel.window_ms, as_of)
  const matureThen = then && maturePart(then, funnel.window_ms, as_of)
  const counts = (part: Range): Counting => ({ ...wholeOf(funnels), detail: 'counts', range: part })
  const wanted: Record<string, Counting> = {
    main: { ...funnels, detail: 'all', range },
    ...(mature && mature !== range ? { mature: counts(mature) } : {}),
    ...(boundaries ? { points: { ...funnels, detail: 'all', boundaries } } : {}),
    ...(then ? { compare: { ...wholeOf(funnels), funnel, detail: 'all', range: then } } : {}),
    ...(matureThen && matureThen !== then ? { compare_mature: counts(matureThen) } : {}),
  }
  const names = Object.keys(wanted)
  return count(backend.scan, site.id, Object.values(wanted), answerOf, signal)

  function answerOf(counted: Counted[][]): FunnelAnswer {
    const all = (name: string): Counted[] => counted[names.indexOf(name)] ?? []
    const one = (name: string): Counted => {
      const [only] = all(name)
      if (!only) throw new Error(`${name} was not counted`)
      return only
    }
    const main = one('main')
    const part = answerPart(resolved, main)
    const compared = (name: string, range: Range, mature: Range | null): Compared => {
      const own = one(name)
      const matureName = name === 'main' ? 'mature' : `${name}_mature`
      const ofMature = mature === range ? own : mature && one(matureName)
      return {
        range,
        counted: own,
        mature: mature && ofMature && { range: mature, counted: ofMature },
      }
    }
    return {
      question: askedWith(resolved.asked, { interval, compare }),
      as_of: new Date(as_of).toISOString(),
      site_visitors: main.funnel.site_visitors,
      cookieless_events: main.funnel.cookieless_events,
      ...withSentences(resolved, part),
      mature: mature && mature !== range ? matureOf(resolved.asked, mature, one('mature')) : null,
      ...(boundaries ? { points: pointsOf(resolved, boundaries, all('points'), as_of) } : {}),
      ...(then
        ? {
            compare: compareOf(
              resolved,
              { ...compared('main', range, mature), stages: part.stages },
              compared('compare', then, matureThen),
            ),
          }
        : {}),
    }
  }
}

/** The question with what each number of its answer means. */
function askedWith(
  asked: AskedQuestion,
  { interval, compare }: Pick<Extras, 'interval' | 'compare'>,
): FunnelAnswer['question'] {
  return {
    ...asked,
    ...(interval ? { interval } : {}),
    definitions: {
      ...asked.definitions,
      ...rateDefinitions(asked),
      ...(interval ? POINT_DEFINITIONS : {}),
      ...(compare ? COMPARE_DEFINITIONS : {}),
    },
  }
}

function withSentences({ asked }: ResolvedQuestion, part: ReturnType<typeof answerPart>) {
  const { stages, conversion } = part
  return {
    ...part,
    stages: stages.map((stage, place) => ({
      ...stage,
      rates: explained(asked, stage.rates, place),
    })),
    conversion: {
      ...conversion,
      rates: explained(asked, conversion.rates, asked.stage - 1),
    },
  }
}
