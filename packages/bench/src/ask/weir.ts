import type { FunnelAnswer, FunnelQuestion } from '@weir/contract'
import type { Loaded } from '../load/load.ts'
import { type Contender, timed } from './contender.ts'
import { type Range, STAGES, WINDOW_DAYS } from './question.ts'
import { startWeirProcess } from './weir-process.ts'

/** The questions that are asked over HTTP. */
export interface WeirContenders {
  url: string
  plain: Contender
  /** The same by campaign, of one kind of device. */
  breakdown: Contender
  /** The plain one with another window. */
  within(days: number): Contender
}

export async function openWeir(loaded: Loaded, database_url: string): Promise<WeirContenders> {
  const weir = await startWeirProcess(database_url)
  const ask = async (more: Partial<FunnelQuestion>) => {
    const answer = await post(`${weir.url}/v1/query/funnel`, loaded.read_key, {
      ...plainQuestion(loaded.dataset),
      ...more,
    })
    return answer.stages.map(({ count }) => count)
  }
  const contender = (
    name: string,
    rule: Contender['rule'],
    more: Partial<FunnelQuestion>,
  ): Contender => ({
    name,
    rule,
    pid: weir.pid,
    ask: () => timed(() => ask(more)),
    close: () => weir.stop(),
  })
  return {
    url: weir.url,
    plain: contender('Weir, over HTTP', 'exact', {}),
    breakdown: contender('Weir, by campaign, on mobiles', 'mobile', {
      breakdown: { property: 'utm_campaign' },
      filters: [{ property: 'device', op: 'eq', value: 'mobile' }],
    }),
    within: (days) => contender(`Weir, within ${days} days`, 'own', { window: `${days}d` }),
  }
}

export const plainQuestion = ({ from, to }: Range): FunnelQuestion => ({
  stages: STAGES.map((name) => ({ events: [name] })),
  window: `${WINDOW_DAYS}d`,
  from,
  to,
})

async function post(url: string, key: string, question: FunnelQuestion): Promise<FunnelAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify(question),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`Weir answered ${response.status}: ${text}`)
  const answer: FunnelAnswer = JSON.parse(text)
  return answer
}
