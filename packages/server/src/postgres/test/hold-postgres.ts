// A Weir in small: starts Postgres in the directory that it is told, says so in one line of JSON,
// and ends when its stdin closes: with `stop` by stopping, with anything else by just leaving.
import { text } from 'node:stream/consumers'
import { startEmbedded } from '../embedded.ts'
import { PostgresProblem } from '../problem.ts'

const [dataDir = ''] = process.argv.slice(2)
try {
  const postgres = await startEmbedded({ dataDir })
  const { url, adopted } = postgres
  console.log(JSON.stringify({ url, adopted }))
  if ((await text(process.stdin)) === 'stop') await postgres.stop()
} catch (error) {
  if (!(error instanceof PostgresProblem)) throw error
  console.log(JSON.stringify({ code: error.code, message: error.message }))
}
