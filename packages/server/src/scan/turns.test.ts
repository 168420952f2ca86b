import { setImmediate as later } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { holdTable } from '../weave/hold-table.fixture.ts'
import { type Loom, startLoom } from '../weave/loom.fixture.ts'
import { eventOf, from, funnelOf } from '../weave/questions.fixture.ts'
import { openScan, type Scan } from './scan.ts'
import { MOST_WAITING, makeTurns } from './turns.ts'

/** Work that says when it begins. */
function recorder() {
  const begun: string[] = []
  const turns = makeTurns()
  const take = (line: string, name = line, signal?: AbortSignal) =>
    turns.take(
      line,
      async () => {
        begun.push(name)
        await later()
        return name
      },
      signal,
    )
  return { begun, take, turns }
}

describe('turns', () => {
  it('go from line to line, in the order in which lines came', async () => {
    const { begun, take, turns } = recorder()
    const all = [
      take('a', 'a1'),
      take('a', 'a2'),
      take('a', 'a3'),
      take('b', 'b1'),
      take('c', 'c1'),
    ]
    await all[0]
    // Who comes anew to a line that was just served waits for the others once more.
    const fresh = take('d', 'd1')
    expect(await Promise.all([...all, fresh])).toEqual(['a1', 'a2', 'a3', 'b1', 'c1', 'd1'])
    expect(begun).toEqual(['a1', 'b1', 'c1', 'a2', 'd1', 'a3'])
    await turns.ended()
  })

  it('go on behind what failed, and over what was taken back', async () => {
    const { begun, take, turns } = recorder()
    const gone = new AbortController()
    const failed = turns.take('a', () => Promise.reject(new Error('no')), undefined)
    const left = take('a', 'left', gone.signal)
    const next = take('a', 'next')
    gone.abort()
    await expect(failed).rejects.toThrow('no')
    await expect(left).rejects.toMatchObject({ code: 'unavailable' })
    expect(await next).toBe('next')
    expect(begun).toEqual(['next'])
  })

  it('are refused to a line that is full, and to no other; who leaves makes room', async () => {
    const { take } = recorder()
    const gone = new AbortController()
    const all = Array.from({ length: MOST_WAITING - 1 }, () => take('a'))
    const leaving = take('a', 'leaving', gone.signal)
    await expect(take('a')).rejects.toMatchObject({ code: 'unavailable' })
    gone.abort()
    await expect(leaving).rejects.toMatchObject({ code: 'unavailable' })
    all.push(take('a'), take('b'))
    expect((await Promise.all(all)).length).toBe(MOST_WAITING + 1)
  })
})

describe('a question', () => {
  const NOON = Date.UTC(2026, 9, 5, 12)
  const range = from(NOON, 1_000)
  const funnel = funnelOf('view', 'view')
  let loom: Loom
  let scan: Scan
  beforeAll(async () => {
    loom = await startLoom()
    scan = openScan(loom.weir.db.timelines, loom.weir.database_url, 2)
  })
  afterAll(async () => {
    await scan.close()
    await loom.stop()
  })

  it('waits for one list of its site and one of another, however many were asked before', async () => {
    const [own, other] = [loom.newSite(), loom.newSite()]
    for (const site of [own, other]) await loom.send(site, [eventOf('v', NOON, 'view')])
    const answered: string[] = []
    const read = { from: range.from, until: range.to }
    const list = async (site: number, name: string) => {
      const wish = { stage: 1, who: 'reached', limit: 1 } as const
      await scan.ask(site, 'members', { funnel, range, wish }, read)
      answered.push(name)
    }
    const count = async () => {
      await scan.count(own, [{ kind: 'funnel', funnel, detail: 'counts', range }], read, () => null)
      answered.push('count')
    }
    const held = await holdTable(loom.weir.pool, 'names', 'access exclusive')
    const all = [list(own, 'list 1')]
    await held.waiting()
    all.push(list(own, 'list 2'), list(own, 'list 3'), list(other, 'other 1'))
    all.push(list(other, 'other 2'), count())
    await held.letGo()
    await Promise.all(all)
    expect(answered).toEqual(['list 1', 'list 2', 'other 1', 'count', 'list 3', 'other 2'])
  })
})
