import { Readable } from 'node:stream'
import { instant, siteParameter } from '@weir/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { SECRET_KEY } from '../http/security.ts'
import { type ExportedEvent, exportEvents } from '../ingest/export-events.ts'
import { resolveOpenRange } from '../reports/resolve-range.ts'
import { csvText } from '../text/csv-text.ts'

const COLUMNS = ['id', 'name', 'at', 'visitor_id', 'stream', 'seq', 'properties'] as const

// A stream of text.
const lines: z.ZodType = z.string()
const EVENTS = {
  description: 'An event a line, in the form in which an import takes it.',
  content: { 'application/x-ndjson': { schema: lines }, 'text/csv': { schema: lines } },
}

/** Gives events back. Callers hold a secret key. */
export const exportRoutes: FastifyPluginAsyncZod = async (app) => {
  const { db } = app.backend
  app.addHook('onRequest', app.requireSecretKey)

  app.get(
    '/v1/export',
    {
      schema: {
        summary: 'Export events',
        description:
          'All of a site, or those from `from` up to, not including, `to`; streamed, visitor by visitor. NDJSON can be imported again as it is; CSV is for spreadsheets.',
        tags: ['Send'],
        security: SECRET_KEY,
        querystring: z.strictObject({
          site: siteParameter,
          from: instant.optional(),
          to: instant.optional(),
          format: z.enum(['ndjson', 'csv']).default('ndjson'),
        }),
        response: { 200: EVENTS },
      },
    },
    async ({ query, site }, reply) => {
      const range = resolveOpenRange(query, site.time_zone)
      const isCsv = query.format === 'csv'
      const pages = exportEvents(db.reports, site.id, range)
      return reply
        .type(isCsv ? 'text/csv; charset=utf-8' : 'application/x-ndjson')
        .send(Readable.from(isCsv ? asCsv(pages) : asNdjson(pages)))
    },
  )
}

async function* asNdjson(pages: AsyncIterable<ExportedEvent[]>): AsyncGenerator<string> {
  for await (const page of pages) {
    yield page.map((event) => `${JSON.stringify(event, leaveOutNull)}\n`).join('')
  }
}

const leaveOutNull = (_: string, value: unknown) => value ?? undefined

async function* asCsv(pages: AsyncIterable<ExportedEvent[]>): AsyncGenerator<string> {
  yield csvText([COLUMNS])
  for await (const page of pages) {
    const rows = page.map((event) => [
      event.id,
      event.name,
      event.at.toISOString(),
      event.visitor_id,
      event.stream,
      event.seq,
      JSON.stringify(event.properties),
    ])
    yield csvText(rows)
  }
}
