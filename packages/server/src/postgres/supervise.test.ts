import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { startEmbedded } from './embedded.ts'
import { ask } from './test/ask.ts'
import { makeDataDir } from './test/make-data-dir.ts'

const dataDir = await makeDataDir(afterAll)

test('is started again on the same address when it ends by itself, with all that was committed', async () => {
  const said: string[] = []
  const postgres = await startEmbedded({ dataDir, onProgress: (sentence) => said.push(sentence) })
  try {
    await ask(postgres.url, 'create table proof as select 42 as answer')
    const first = postgres.pid()
    process.kill(first, 'SIGKILL')
    while (postgres.pid() === first) await sleep(20)
    expect(await ask(postgres.url, 'select answer from proof')).toBe(42)
    expect(said.join('\n')).toContain('has ended by itself; it is started again')
  } finally {
    await postgres.stop()
  }
  expect(() => process.kill(postgres.pid(), 0)).toThrow('ESRCH')
})
