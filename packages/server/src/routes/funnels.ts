import {
  FUNNEL_NAME,
  type FunnelVersionAnswer,
  funnelBody,
  funnelList,
  funnelVersion,
  funnelVersions,
  isBuiltIn,
  siteQuery,
} from '@weir/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ProblemError } from '../problems.ts'
import { DEFAULT_WINDOW, resolveQuestion } from '../reports/resolve-question.ts'
import {
  type FunnelVersion,
  findFunnelVersion,
  insertFunnelVersion,
  listFunnels,
  listFunnelVersions,
} from '../sites/funnels.ts'
import { unknownFunnel } from '../sites/unknown-funnel.ts'

const params = z.object({
  name: z.string().regex(FUNNEL_NAME, {
    error:
      'a name is up to 100 letters, digits, `.`, `_` and `-`, and begins with one of the first two',
  }),
})

/** A site's saved funnels. Callers hold a read key. */
export const funnelRoutes: FastifyPluginAsyncZod = async (app) => {
  const { reports: db } = app.backend.db
  app.addHook('onRequest', app.requireReadKey)

  app.get(
    '/v1/funnels',
    {
      schema: {
        summary: 'List the saved funnels',
        tags: ['Funnels'],
        querystring: siteQuery,
        response: { 200: funnelList },
      },
    },
    async ({ site }) => ({ funnels: (await listFunnels(db, site.id)).map(answerOf) }),
  )

  app.get(
    '/v1/funnels/:name',
    {
      schema: {
        summary: 'A saved funnel',
        description: 'The newest version, or the one named, also of a funnel deleted since.',
        tags: ['Funnels'],
        params,
        querystring: siteQuery.extend({
          version: z.coerce.number().int().min(1).max(999_999_999).optional(),
        }),
        response: { 200: funnelVersion },
      },
    },
    async ({ params: { name }, query: { version }, site }) => {
      const found = await findFunnelVersion(db, site.id, name, version)
      if (found?.definition) return answerOf(found)
      throw await unknownFunnel(db, site.id, version === undefined ? name : `${name}@${version}`)
    },
  )

  app.get(
    '/v1/funnels/:name/versions',
    {
      schema: {
        summary: 'Every version of a funnel, the newest first',
        description: 'Any of them can be asked: `funnel=name@2`.',
        tags: ['Funnels'],
        params,
        querystring: siteQuery,
        response: { 200: funnelVersions },
      },
    },
    async ({ params: { name }, site }) => {
      const versions = await listFunnelVersions(db, site.id, name)
      if (versions.length === 0) throw await unknownFunnel(db, site.id, name)
      return { versions: versions.map(answerOf) }
    },
  )

  app.put(
    '/v1/funnels/:name',
    {
      schema: {
        summary: 'Save a funnel',
        description: 'Makes the next version. Those before it stay, and can be asked as `name@2`.',
        tags: ['Funnels'],
        params,
        querystring: siteQuery,
        body: funnelBody,
        response: { 200: funnelVersion, 201: funnelVersion },
      },
    },
    async ({ params: { name }, body, site }, reply) => {
      refuseBuiltIn(name)
      // Whatever would be refused when it is asked is refused now.
      resolveQuestion({ ...body, from: 0, to: 1 }, undefined, site)
      const definition = { ...body, window: body.window ?? DEFAULT_WINDOW }
      const made = await insertFunnelVersion(db, site.id, name, definition)
      return reply.code(made.version === 1 ? 201 : 200).send(answerOf(made))
    },
  )

  app.delete(
    '/v1/funnels/:name',
    {
      schema: {
        summary: 'Delete a funnel',
        description: 'It is listed no more. Its versions can still be asked as `name@2`.',
        tags: ['Funnels'],
        params,
        querystring: siteQuery,
        response: { 204: z.undefined().meta({ description: 'Deleted.' }) },
      },
    },
    async ({ params: { name }, site }, reply) => {
      refuseBuiltIn(name)
      const found = await findFunnelVersion(db, site.id, name)
      if (!found?.definition) throw await unknownFunnel(db, site.id, name)
      await insertFunnelVersion(db, site.id, name, null)
      return reply.code(204).send()
    },
  )
}

function answerOf({ name, version, created_at, definition }: FunnelVersion): FunnelVersionAnswer {
  return {
    name,
    version,
    created_at: created_at.toISOString(),
    built_in: isBuiltIn(name),
    funnel: definition,
  }
}

function refuseBuiltIn(name: string): void {
  if (!isBuiltIn(name)) return
  const message = `\`${name}\` is built in; save yours under another name`
  throw new ProblemError('funnel_built_in', message, {
    errors: [{ path: 'name', code: 'funnel_built_in', message }],
  })
}
