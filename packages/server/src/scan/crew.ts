import { wrongFields } from '../problems.ts'
import type { Block } from './list-blocks.ts'
import type { Counted, Kind } from './question.ts'
import type { Task } from './task.ts'
import { type Answer, makeThread, type Order } from './thread.ts'

/** All scan threads of a server, on one question at a time. */
export interface Crew {
  start(): void
  /** Reads blocks into shared memory, each thread a share: which blocks stand in which memory. */
  fetch(site_id: number, blocks: readonly Block[]): Promise<[Block[], SharedArrayBuffer][]>
  /** What the threads counted, each over its ranges; null where the question must be pinned again. */
  scan<K extends Kind>(task: Task<K>): Promise<Counted[K][] | null>
  end(): Promise<void>
}

/** Below this a second thread is not worth its message. */
const SHARE_BYTES = 1_000_000

export function makeCrew(url: string, size: number): Crew {
  const threads = Array.from({ length: size }, () => makeThread(url))

  /** Waits for all, whatever became of one: the next question must find them free. */
  async function tell<Counted>(orders: readonly Order[]): Promise<Answer<Counted>[]> {
    const told = orders.map((order, index) => threads[index % size]?.tell<Counted>(order))
    const settled = await Promise.allSettled(told)
    return settled.flatMap((one) => {
      if (one.status === 'rejected') throw one.reason
      return one.value ?? []
    })
  }

  return {
    start() {
      for (const thread of threads) thread.start()
    },
    async fetch(site_id, blocks) {
      const shares = sharesOf(blocks, size)
      const answers = await tell(shares.map((share) => ({ kind: 'fetch', site_id, blocks: share })))
      return answers.map((answer, index) => {
        if ('memory' in answer) return [shares[index] ?? [], answer.memory]
        throw errorOf(answer)
      })
    },
    async scan<K extends Kind>(task: Task<K>) {
      const of = Math.min(size, task.ranges)
      const shares = Array.from({ length: of }, (_, index) => ({ index, of }))
      const answers = await tell<Counted[K]>(shares.map((share) => ({ kind: 'scan', task, share })))
      if (answers.some((answer) => 'failed' in answer && answer.failed.tail_changed)) return null
      return answers.map((answer) => {
        if ('counted' in answer) return answer.counted
        throw errorOf(answer)
      })
    },
    async end() {
      await Promise.all(threads.map((thread) => thread.end()))
    },
  }
}

/** Blocks in up to `count` shares of about as many bytes. */
function sharesOf(blocks: readonly Block[], count: number): Block[][] {
  const total = blocks.reduce((sum, { bytes }) => sum + bytes, 0)
  const most = Math.max(SHARE_BYTES, Math.ceil(total / count))
  const shares: Block[][] = []
  let bytes = Infinity
  for (const block of blocks) {
    if (bytes >= most) {
      shares.push([])
      bytes = 0
    }
    shares.at(-1)?.push(block)
    bytes += block.bytes
  }
  return shares
}

function errorOf(answer: Answer<unknown>): Error {
  const failed = 'failed' in answer ? answer.failed : { message: 'another answer', code: '' }
  if (failed.code !== 'list_property')
    return Object.assign(new Error(failed.message), { code: failed.code })
  const message =
    'holds lists here (of several products in one event), which cannot be shared out among rows; ask /v1/products'
  return wrongFields([{ path: 'breakdown', code: 'list_property', message }])
}
