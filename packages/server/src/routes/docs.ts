import swaggerUi from '@fastify/swagger-ui'
import fastifyPlugin from 'fastify-plugin'

/** What describe-routes.ts says: `/openapi.json`, readable at `/docs`. */
export const docs = fastifyPlugin(async (app) => {
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    // Weir is often tried on plain http.
    transformStaticCSP: (policy) => policy.replace('upgrade-insecure-requests;', ''),
    theme: {
      title: 'Weir: the API',
      // A bar with a logo that is not ours, and a field for other people's descriptions.
      css: [{ filename: 'weir.css', content: '.swagger-ui .topbar { display: none }' }],
    },
    uiConfig: {
      validatorUrl: null,
      docExpansion: 'list',
      defaultModelExpandDepth: 3,
      defaultModelsExpandDepth: 0,
      tryItOutEnabled: true,
    },
  })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
})
