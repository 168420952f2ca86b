import { membersAnswer, membersQuestion, siteQuery } from '@weir/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { sendTable, tableOf } from '../http/send-table.ts'
import { untilGone } from '../http/until-gone.ts'
import { answerMembers } from '../reports/answer-members.ts'
import { membersCsv } from '../reports/members-csv.ts'

/** Says who is behind a number. Callers hold a read key. */
export const membersRoutes: FastifyPluginAsyncZod = async (app) => {
  app.addHook('onRequest', app.requireReadKey)

  app.post(
    '/v1/query/members',
    {
      schema: {
        summary: 'List who is behind a number',
        description:
          'A funnel question, a `stage`, and `who`: those who `reached` it, or `dropped` off there. With a `breakdown`, `value` lists one row. As CSV the next page’s cursor is in the header `next-cursor`.',
        tags: ['Ask'],
        querystring: siteQuery,
        body: membersQuestion,
        response: { 200: tableOf(membersAnswer) },
      },
    },
    async ({ body, site }, reply) => {
      const answer = await answerMembers(app.backend, site, body, untilGone(reply))
      if (answer.next !== null) reply.header('next-cursor', answer.next)
      return sendTable(reply, answer, body.format, membersCsv)
    },
  )
}
