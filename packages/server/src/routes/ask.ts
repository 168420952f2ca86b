import { funnelAnswer, funnelQuestion, siteQuery, trendAnswer, trendQuestion } from '@weir/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { sendTable, tableOf } from '../http/send-table.ts'
import { NOT_CHANGED, sendUnlessKnown } from '../http/send-unless-known.ts'
import { untilGone } from '../http/until-gone.ts'
import { answerFunnel } from '../reports/answer-funnel.ts'
import { answerTrend } from '../reports/answer-trend.ts'
import { findAnswerVersion } from '../reports/answer-version.ts'
import { csvOf } from '../reports/csv.ts'
import { onlyDefinition } from '../reports/only-definition.ts'
import { questionOf, ratesQuery } from '../reports/rates-query.ts'

/** Answers questions about conversion; one whose asker went away is dropped. Callers hold a read key. */
export const askRoutes: FastifyPluginAsyncZod = async (app) => {
  app.addHook('onRequest', app.requireReadKey)

  app.get(
    '/v1/rates',
    {
      schema: {
        summary: 'What share converts',
        description: 'The question most people have, as one address.',
        tags: ['Ask'],
        querystring: ratesQuery,
        response: { 200: tableOf(funnelAnswer), 304: NOT_CHANGED },
      },
    },
    async ({ query, site }, reply) => {
      const extras = { ...query, signal: untilGone(reply) }
      const question = questionOf(query)
      return sendUnlessKnown(reply, {
        findVersion: () => findAnswerVersion(app.backend, site, question, extras),
        findAnswer: () => answerFunnel(app.backend, site, question, extras),
        send: (whole) =>
          sendTable(reply, onlyDefinition(whole, query.definition), query.format, csvOf),
      })
    },
  )

  app.post(
    '/v1/query/trend',
    {
      schema: {
        summary: 'Measure a funnel bucket by bucket',
        tags: ['Ask'],
        querystring: siteQuery,
        body: trendQuestion,
        response: { 200: tableOf(trendAnswer) },
      },
    },
    async ({ body, site }, reply) => {
      const answer = await answerTrend(app.backend, site, body, untilGone(reply))
      return sendTable(reply, answer, undefined, csvOf)
    },
  )

  app.post(
    '/v1/query/funnel',
    {
      schema: {
        summary: 'Measure a funnel',
        tags: ['Ask'],
        querystring: siteQuery,
        body: funnelQuestion,
        response: { 200: tableOf(funnelAnswer) },
      },
    },
    async ({ body, site }, reply) => {
      const answer = await answerFunnel(app.backend, site, body, { signal: untilGone(reply) })
      return sendTable(reply, answer, undefined, csvOf)
    },
  )
}
