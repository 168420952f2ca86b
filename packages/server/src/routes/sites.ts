import {
  erased,
  newKey,
  newSite,
  type SiteBody,
  type SiteChanges,
  siteAndKeys,
  siteAnswer,
  siteList,
  siteParameter,
} from '@weir/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ADMIN_KEY } from '../http/security.ts'
import { ProblemError, wrongFields } from '../problems.ts'
import { eraseSite } from '../sites/erase-site.ts'
import { isTimeZone } from '../sites/is-time-zone.ts'
import { insertKey, listKeys, revokeKey } from '../sites/keys.ts'
import { makeKey } from '../sites/secrets.ts'
import { findSite, insertSite, listSites, updateSite } from '../sites/sites.ts'
import { unknownSite } from '../sites/unknown-site.ts'

const timeZone = z
  .string()
  .refine(isTimeZone, { error: 'must be an IANA time zone, like Europe/Berlin' })
const origin = z.string().refine((text) => URL.canParse(text) && new URL(text).origin === text, {
  error: 'must be an origin, like https://shop.example',
})
const hasNoNul = (text: string) => !text.includes('\u0000')
const name = z.string().trim().min(1).max(200).refine(hasNoNul, { error: 'may not hold NUL' })
const origins = z.array(origin).max(100).nullable()
const id = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1)

/** Sites and their keys. Callers hold an admin key. */
export const siteRoutes: FastifyPluginAsyncZod = async (app) => {
  const { reports: db } = app.backend.db
  app.addHook('onRequest', app.requireAdminKey)

  app.get(
    '/v1/sites',
    {
      schema: {
        summary: 'List the sites',
        tags: ['Sites'],
        security: ADMIN_KEY,
        response: { 200: siteList },
      },
    },
    async () => ({
      sites: await listSites(db),
    }),
  )

  app.post(
    '/v1/sites',
    {
      schema: {
        summary: 'Make a site; its keys are shown once',
        tags: ['Sites'],
        security: ADMIN_KEY,
        response: { 201: newSite },
        body: z.strictObject({
          name,
          time_zone: timeZone.default('UTC'),
          origins: origins.default(null),
        }) satisfies z.ZodType<unknown, SiteBody>,
      },
    },
    async ({ body }, reply) => reply.code(201).send(await insertSite(db, body)),
  )

  app.get(
    '/v1/sites/:id',
    {
      schema: {
        summary: 'A site and its keys',
        tags: ['Sites'],
        security: ADMIN_KEY,
        params: z.object({ id }),
        response: { 200: siteAndKeys },
      },
    },
    async ({ params }) => {
      const site = await findSite(db, params.id)
      if (!site) throw unknownSite(params.id)
      return { site, keys: (await listKeys(db, site.id)).map(listedKey) }
    },
  )

  app.patch(
    '/v1/sites/:id',
    {
      schema: {
        summary: 'Change a site',
        description:
          'What is left out stays. In another time zone days begin elsewhere, also past ones; other origins are known to every server within 5 seconds.',
        tags: ['Sites'],
        security: ADMIN_KEY,
        params: z.object({ id }),
        body: z
          .strictObject({ name, time_zone: timeZone, origins })
          .partial()
          .refine((changes) => Object.keys(changes).length > 0, {
            error: 'give at least one of name, time_zone, origins',
          }) satisfies z.ZodType<unknown, SiteChanges>,
        response: { 200: siteAnswer },
      },
    },
    async ({ params, body }) => {
      const site = await updateSite(db, params.id, body)
      if (!site) throw unknownSite(params.id)
      return { site }
    },
  )

  app.delete(
    '/v1/sites/:id',
    {
      schema: {
        summary: 'Erase a site and everything it measured, for good',
        description:
          'Its events, timelines, orders, keys, funnels and links. To be confirmed by its id, as `?confirm=3`. Millions of events take minutes; what breaks off goes on when it is asked again.',
        tags: ['Sites'],
        security: ADMIN_KEY,
        params: z.object({ id }),
        querystring: z.strictObject({
          confirm: z.string().optional().meta({ description: 'The id of the site, once more.' }),
          site: siteParameter,
        }),
        response: { 200: erased },
      },
    },
    async ({ params, query }) => {
      const site = await findSite(db, params.id)
      if (!site) throw unknownSite(params.id)
      if (query.confirm !== String(site.id)) {
        const message = `this erases all that \`${site.name}\` has measured; to do so add ?confirm=${site.id}`
        throw wrongFields([{ path: 'confirm', code: 'required', message }])
      }
      await app.backend.quarantine.flush()
      return { erased_events: await eraseSite(app.backend.db, site.id) }
    },
  )

  app.post(
    '/v1/sites/:id/keys',
    {
      schema: {
        summary: 'Make another key; it is shown once',
        tags: ['Sites'],
        security: ADMIN_KEY,
        response: { 201: newKey },
        params: z.object({ id }),
        body: z.strictObject({ kind: z.enum(['write', 'secret', 'read']) }),
      },
    },
    async ({ params, body }, reply) => {
      const site = await findSite(db, params.id)
      if (!site) throw unknownSite(params.id)
      const key = makeKey(body.kind)
      const key_id = await insertKey(db, { site_id: site.id, kind: body.kind, key })
      return reply.code(201).send({ id: key_id, kind: body.kind, key })
    },
  )

  app.delete(
    '/v1/keys/:id',
    {
      schema: {
        summary: 'Revoke a key',
        tags: ['Sites'],
        security: ADMIN_KEY,
        params: z.object({ id }),
        response: { 204: z.undefined().meta({ description: 'Revoked.' }) },
      },
    },
    async ({ params }, reply) => {
      if (await revokeKey(db, params.id, app.backend.now())) return reply.code(204).send()
      throw new ProblemError(
        'not_found',
        `There is no live key ${params.id}; GET /v1/sites/{id} lists those of a site.`,
      )
    },
  )
}

const listedKey = ({
  created_at,
  revoked_at,
  ...key
}: Awaited<ReturnType<typeof listKeys>>[number]) => ({
  ...key,
  created_at: created_at.toISOString(),
  revoked_at: revoked_at?.toISOString() ?? null,
})
