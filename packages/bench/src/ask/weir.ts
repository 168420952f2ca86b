import type { FunnelQuestion } from '@weir/contract'
import type { Loaded } from '../load/load.ts'
import { askWeir } from './ask-weir.ts'
import { type Contender, timed } from './contender.ts'
import { type Range, STAGES, WINDOW_DAYS } from './question.ts'
import { startWeirProcess } from './weir-process.ts'

/** The questions that are asked over HTTP. */
export interface WeirContenders {
  url: string
  plain: Contender
  /** The same by campaign, of one kind of device. */
  breakdown: Contender
}

export async function openWeir(loaded: Loaded, database_url: string): Promise<WeirContenders> {
  const weir = await startWeirProcess(database_url)
  const ask = async (more: Partial<FunnelQuestion>) => {
    const answer = await askWeir(weir.url, loaded.read_key, {
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
  }
}

export const plainQuestion = ({ from, to }: Range): FunnelQuestion => ({
  stages: STAGES.map((name) => ({ events: [name] })),
  window: `${WINDOW_DAYS}d`,
  from,
  to,
})
