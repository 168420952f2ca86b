import swagger, { type SwaggerTransform, type SwaggerTransformObject } from '@fastify/swagger'
import { PROBLEMS } from '@weir/contract'
import fastifyPlugin from 'fastify-plugin'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { errorsOf } from './errors-of.ts'
import { READ_KEY, SECURITY_SCHEMES } from './security.ts'

/** OpenAPI 3.1 from the schemas that validate. Registered before the routes. */
export const describeRoutes = fastifyPlugin(async (app) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Weir', version: '0.1.0', description: DESCRIPTION },
      components: { securitySchemes: SECURITY_SCHEMES },
      // A route that says nothing takes a read key.
      security: READ_KEY,
      tags: [
        { name: 'Ask', description: 'Rates out' },
        { name: 'Funnels', description: 'Questions saved under a name, every version of them' },
        {
          name: 'Share',
          description: 'Questions as links, for spreadsheets that cannot send headers',
        },
        { name: 'Send', description: 'Events in' },
        { name: 'Sites', description: 'What is measured, and who may send and ask' },
        { name: 'Session', description: "The dashboard's cookie" },
        { name: 'Operate', description: 'For whoever runs it' },
      ],
    },
    transform: describeRoute,
    transformObject: (document) => withoutUnused(jsonSchemaTransformObject(document)),
  })
})

/** What the schemas do not say: a name for generated clients, and how the route refuses. */
const describeRoute: SwaggerTransform = (document) => {
  const described = jsonSchemaTransform(document)
  const { schema, url, route } = document
  if (!schema || schema.hide) return described
  const method = String(route.method)
  const { response, ...rest } = { response: {}, ...described.schema }
  const errors = errorsOf({
    method,
    url,
    takesKey: schema.security?.length !== 0,
    takesInput: Boolean(schema.body || schema.querystring || schema.params),
  })
  return {
    url: described.url,
    schema: {
      ...rest,
      operationId: operationId(method, url),
      response: { ...errors, ...responsesOf(schema.response, response) },
    },
  }
}

type Described = ReturnType<SwaggerTransformObject>

/** Every schema is there as it goes in and as it comes out; most do only one. */
function withoutUnused(document: Described): Described {
  if (!('components' in document)) return document
  const { components = {} } = document
  for (let left = -1; left !== Object.keys(components.schemas ?? {}).length; ) {
    left = Object.keys(components.schemas ?? {}).length
    const text = JSON.stringify(document)
    const used = Object.entries(components.schemas ?? {}).filter(([name]) =>
      text.includes(`"#/components/schemas/${name}"`),
    )
    components.schemas = Object.fromEntries(used)
  }
  return document
}

/** Each with a description: that of its schema, which a reference to it hides. */
const responsesOf = (schemas: unknown, described: unknown): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(Object(described)).map(([status, response]) => {
      const schema: unknown = Object(schemas)[status]
      const isEmpty = Object(response).type === 'null'
      if (!(schema instanceof z.ZodType) || isEmpty) return [status, response]
      const description = schema.meta()?.description ?? 'The answer.'
      return [status, { description, content: { 'application/json': { schema: response } } }]
    }),
  )

/** `GET /v1/sites/:id` is getSitesId. */
function operationId(method: string, url: string): string {
  const words = url.replace(/^\/v1/, '').split(/[^A-Za-z]+/)
  const capitalised = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return method.toLowerCase() + capitalised.join('')
}

const DESCRIPTION = `
What share of visitors converts, by three definitions, each with its numerator, denominator and 95 % interval.

Times going in are ISO 8601 with an offset, milliseconds since 1970, or a date: midnight in the site's time zone.
Times coming out are ISO 8601 UTC. Durations are written \`90s\`, \`30m\`, \`12h\`, \`7d\`.

A key goes into the header: \`Authorization: Bearer rk_…\`.

Errors are problem documents (RFC 9457) that name all bad fields at once.

<details>
<summary>Every code that one can have</summary>

| code | status | meaning |
|---|---|---|
${Object.entries(PROBLEMS)
  .map(([code, [status, title]]) => `| \`${code}\` | ${status} | ${title} |`)
  .join('\n')}

</details>
`
