import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { PROBLEMS } from '@weir/contract'
import fastifyPlugin from 'fastify-plugin'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'

/** OpenAPI 3.1 from the schemas that validate: `/openapi.json`, readable at `/docs`. Registered before the routes. */
export const docs = fastifyPlugin(async (app) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Weir', version: '0.1.0', description: DESCRIPTION },
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'A read, secret or admin key.' },
        },
      },
      security: [{ key: [] }],
      tags: [
        { name: 'Send', description: 'Events in' },
        { name: 'Ask', description: 'Rates out' },
        { name: 'Funnels', description: 'Questions saved under a name, every version of them' },
        { name: 'Sites', description: 'What is measured, and who may send and ask' },
        { name: 'Session', description: "The dashboard's cookie" },
        { name: 'Operate', description: 'For whoever runs it' },
      ],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    // Weir is often tried on plain http.
    transformStaticCSP: (policy) => policy.replace('upgrade-insecure-requests;', ''),
    uiConfig: { validatorUrl: null },
  })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
})

const DESCRIPTION = `
What share of visitors converts, by three definitions, each with its numerator, denominator and 95 % interval.

Times going in are ISO 8601 with an offset, milliseconds since 1970, or a date: midnight in the site's time zone.
Times coming out are ISO 8601 UTC. Durations are written \`90s\`, \`30m\`, \`12h\`, \`7d\`.

Errors are problem documents (RFC 9457), all bad fields at once, with one of these codes:

| code | status | meaning |
|---|---|---|
${Object.entries(PROBLEMS)
  .map(([code, [status, title]]) => `| \`${code}\` | ${status} | ${title} |`)
  .join('\n')}
`
