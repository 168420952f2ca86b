/** Whatever comes is answered, and the next event is stored. */
import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { problem, receipt } from '@weir/contract'
import { describe, expect, it } from 'vitest'
import { howLong } from '../../../how-long.ts'
import { chanceFrom } from '../demo/random.ts'
import { openShop, view } from './test/shop.ts'
import { type StrangeRequest, strangeRequest } from './test/strange-request.ts'

const shop = openShop()
const { send, wrongInTheLedger } = shop

describe('whatever comes', () => {
  const SEED = Number(process.env.WEIR_TEST_SEED ?? 20_261_105)
  const BODIES = howLong(500)
  const AT_ONCE = 50

  it(
    `answers ${BODIES} bodies of seed ${SEED} with 2xx or 4xx, and goes on`,
    async () => {
      const chance = chanceFrom(SEED)
      const agent = new Agent({ keepAlive: true })
      const keys = [shop.keys.write, shop.keys.secret]
      const answers: Record<number, number> = {}
      const wrong: { why: string; sent: string; headers: object }[] = []
      for (let sent = 0; sent < BODIES; sent += AT_ONCE) {
        const requests = Array.from({ length: AT_ONCE }, () => strangeRequest(chance, keys))
        await Promise.all(
          requests.map(async (strange) => {
            // A machine that stood still for a while breaks connections; then it is sent again.
            const { status, why } = await answerTo(strange, agent).catch(() =>
              answerTo(strange, agent),
            )
            answers[status] = (answers[status] ?? 0) + 1
            if (why === null) return
            const bytes = Buffer.concat(strange.chunks).toString('latin1').slice(0, 1_500)
            wrong.push({ why, sent: bytes, headers: strange.headers })
          }),
        )
        if (wrong.length > 0) break
      }
      agent.destroy()
      expect(wrong.slice(0, 3)).toEqual([])
      // Most bodies must be readable, or nothing beyond the parser was tried.
      expect(answers[202]).toBeGreaterThan(BODIES / 2)
      expect(answers[400]).toBeGreaterThan(BODIES / 20)
      expect(await send(shop.keys.write, [view({ id: 'last' })])).toMatchObject({ accepted: 1 })
      expect(await wrongInTheLedger()).toEqual([])
      expect(Object.prototype).not.toHaveProperty('polluted')
    },
    120_000 + BODIES * 20,
  )

  async function answerTo({ headers, chunks }: StrangeRequest, agent: Agent) {
    const post = request(`${shop.weir.url}/v1/events`, { method: 'POST', headers, agent })
    const answered = once(post, 'response')
    if (chunks.length > 1) for (const chunk of chunks) post.write(chunk)
    post.end(chunks.length > 1 ? undefined : chunks[0])
    const [response]: IncomingMessage[] = await answered
    if (!response) throw new Error('no answer')
    const { statusCode: status = 0 } = response
    return { status, why: whatIsWrong(status, await text(response)) }
  }
})

/** Null for the answers that a sender may get. */
function whatIsWrong(status: number, body: string): string | null {
  try {
    if (status === 202) {
      receipt.parse(JSON.parse(body))
      return null
    }
    const said = problem.parse(JSON.parse(body))
    if (status === said.status && status >= 400 && status < 500) return null
    return `${status} ${said.code}`
  } catch {
    return `${status} ${body.slice(0, 300)}`
  }
}
