import { explainAnswer, explainQuestion, siteQuery, visitorId } from '@weir/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answerExplain } from '../reports/answer-explain.ts'
import { plainQuestion, questionFields } from '../reports/rates-query.ts'

const DESCRIPTION =
  'The visitor’s timeline, which event filled which stage, and why the chain stopped: `never`, `window`, `order`, `exclusion`, `filter`, `hold` or `not_mature`, with the event that shows it. Read from the events themselves, matched by the code that counts.'

/** Says why a visitor did, or did not, convert. Callers hold a read key. */
export const explainRoutes: FastifyPluginAsyncZod = async (app) => {
  app.addHook('onRequest', app.requireReadKey)

  app.post(
    '/v1/query/explain',
    {
      schema: {
        summary: 'Explain one visitor in any funnel',
        description: DESCRIPTION,
        tags: ['Ask'],
        querystring: siteQuery,
        body: explainQuestion,
        response: { 200: explainAnswer },
      },
    },
    async ({ body, site }) => answerExplain(app.backend, site, body),
  )

  app.get(
    '/v1/visitors/:visitor_id/explain',
    {
      schema: {
        summary: 'Explain one visitor in a saved funnel',
        description: DESCRIPTION,
        tags: ['Ask'],
        params: z.object({ visitor_id: visitorId }),
        querystring: z.strictObject(questionFields),
        response: { 200: explainAnswer },
      },
    },
    async ({ params, query, site }) =>
      answerExplain(app.backend, site, { ...plainQuestion(query), ...params }),
  )
}
