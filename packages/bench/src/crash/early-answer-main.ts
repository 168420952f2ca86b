/** A Weir that is broken on purpose: it acknowledges before the commit. The ledger test must find out. */
import { startGroupCommit } from '../../../server/src/ingest/group-commit.ts'
import { run } from '../../../server/src/start/run.ts'
import { startWeir } from '../../../server/src/weir.ts'

const startQueue: typeof startGroupCommit = (...parts) => {
  const queue = startGroupCommit(...parts)
  return {
    ...queue,
    async write(events, bytes) {
      queue.write(events, bytes).catch(() => undefined)
      return events.map(() => 'accepted')
    },
  }
}

await run(async (config, started) => {
  const starting = startWeir(config, undefined, { startQueue })
  const weir = await started(starting, (own) => own.stop())
  console.log(weir.url)
})
