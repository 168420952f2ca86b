import swaggerUi from '@fastify/swagger-ui'
import fastifyPlugin from 'fastify-plugin'

const POLICY =
  "default-src 'self'; img-src 'self' data:; font-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"

/** What describe-routes.ts says: `/openapi.json`, readable at `/docs`. */
export const docs = fastifyPlugin(async (app) => {
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    transformStaticCSP: () => POLICY,
    theme: { title: 'Weir: the API' },
    uiConfig: {
      // Without a bar, whose logo is not ours and brings a style that the policy refuses.
      layout: 'BaseLayout',
      validatorUrl: null,
      docExpansion: 'list',
      defaultModelExpandDepth: 3,
      defaultModelsExpandDepth: 0,
      tryItOutEnabled: true,
    },
  })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
})
