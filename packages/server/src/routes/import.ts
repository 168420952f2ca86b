import { Readable } from 'node:stream'
import { importProgress, importSummary, siteQuery } from '@weir/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { refuseCompressed } from '../http/refuse-compressed.ts'
import { SECRET_KEY } from '../http/security.ts'
import { importLines } from '../import/import-lines.ts'
import { monthsMaker } from '../import/make-months-of.ts'
import { patiently } from '../import/patiently.ts'
import { SeenLately } from '../import/seen-lately.ts'
import { waitForWeaver } from '../import/wait-for-weaver.ts'
import type { Intake } from '../ingest/ingest.ts'
import { openVocabulary } from '../ingest/vocabulary.ts'
import { writeBatch } from '../ingest/write-batch.ts'
import { ProblemError } from '../problems.ts'

const NDJSON = 'application/x-ndjson'
// A file may come from a slow query; and longer than any wait of ours, or nobody would hear how it ended.
const IDLE_MS = 15 * 60_000
// A stream of these.
const line: z.ZodType = z.union([importProgress, importSummary])
const ANSWERS = {
  description: 'A line for every lot of lines, and a last one with sums.',
  content: { [NDJSON]: { schema: line } },
}

/** Takes files of events. Callers hold a secret key. */
export const importRoutes: FastifyPluginAsyncZod = async (app) => {
  const { db, log, metrics, now, quarantine } = app.backend
  app.addHook('onRequest', app.requireSecretKey)
  app.removeAllContentTypeParsers()
  // Handed on as a stream: what is read is what can be written.
  app.addContentTypeParser([NDJSON, 'application/jsonl'], (_, payload, done) => done(null, payload))

  const vocabulary = openVocabulary(db.intake)
  const makeMonths = monthsMaker(db.reports, log, now)
  const intake: Intake = {
    quarantine,
    vocabulary: {
      admit: (site_id, events) => patiently(() => vocabulary.admit(site_id, events)),
    },
    // Past the queue of live events, which an import must not fill.
    queue: {
      async write(events) {
        await makeMonths(events)
        return patiently(() => writeBatch(db.imports, events))
      },
    },
  }

  async function* counted(answers: ReturnType<typeof importLines>) {
    for await (const answer of answers) {
      if ('first_line' in answer) metrics.countReceipt(answer)
      yield answer
    }
  }

  app.post(
    '/v1/import',
    {
      config: { streams: true },
      schema: {
        summary: 'Import a file of events',
        description:
          'NDJSON: an event a line, as in `POST /v1/events` with a secret key; any length. The answer is NDJSON too: a line for every lot of lines, as soon as it is committed, and a last one with sums. The same file again changes nothing.',
        tags: ['Send'],
        security: SECRET_KEY,
        querystring: siteQuery,
        consumes: [NDJSON],
        response: { 200: ANSWERS },
      },
    },
    async (request, reply) => {
      refuseCompressed(request)
      if (!(request.body instanceof Readable)) {
        throw new ProblemError('unsupported_type', `Send it as ${NDJSON}.`)
      }
      request.raw.setTimeout(IDLE_MS)
      const answers = importLines(request.body, {
        intake,
        waitForWeaver: () => waitForWeaver(db.imports),
        sender: {
          site_id: request.site.id,
          by_server: true,
          time_zone: request.site.time_zone,
          clocks: { received: now(), sent: null },
          visitor_id: null,
          stream: null,
          context: {},
          user_agent: '',
          seen: new SeenLately(),
        },
      })
      return reply.type(NDJSON).send(Readable.from(asLines(counted(answers))))
    },
  )
}

async function* asLines(values: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const value of values) yield `${JSON.stringify(value)}\n`
}
