import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import type { Backend } from './backend.ts'
import type { Config } from './config.ts'
import { access } from './http/access.ts'
import { bodyTimeout } from './http/body-timeout.ts'
import { answerBrokenRequest } from './http/broken-request.ts'
import { closestRoute } from './http/closest-route.ts'
import { describeRoutes } from './http/describe-routes.ts'
import { readChecked } from './http/read-checked.ts'
import { answerProblem, ProblemError, sendProblem } from './problems.ts'
import { askRoutes } from './routes/ask.ts'
import { cartRoutes } from './routes/carts.ts'
import { dashboardRoutes } from './routes/dashboard.ts'
import { deliveryRoutes } from './routes/delivery.ts'
import { docs } from './routes/docs.ts'
import { eventRoutes } from './routes/events.ts'
import { explainRoutes } from './routes/explain.ts'
import { exportRoutes } from './routes/export.ts'
import { funnelRoutes } from './routes/funnels.ts'
import { healthRoutes } from './routes/health.ts'
import { importRoutes } from './routes/import.ts'
import { liveRoutes } from './routes/live.ts'
import { membersRoutes } from './routes/members.ts'
import { productRoutes } from './routes/products.ts'
import { quarantineRoutes } from './routes/quarantine.ts'
import { schemaRoutes } from './routes/schema.ts'
import { seenRoutes } from './routes/seen.ts'
import { sessionRoutes } from './routes/session.ts'
import { shareRoutes } from './routes/shares.ts'
import { siteRoutes } from './routes/sites.ts'
import { tagRoutes } from './routes/tag.ts'
import { visitorEventRoutes } from './routes/visitor-events.ts'
import { visitorRoutes } from './routes/visitors.ts'

const BODY_BYTES = 256 * 1024
const REQUEST_MS = 15_000
const KEEP_ALIVE_MS = 72_000

/** The service: every route, and what stands before all of them. */
export async function buildApp(
  backend: Backend,
  config: Pick<Config, 'trust_proxy'>,
): Promise<FastifyInstance> {
  const app = Fastify({
    trustProxy: config.trust_proxy,
    bodyLimit: BODY_BYTES,
    // What is too long for a name is told by the schema, which says why.
    routerOptions: { maxParamLength: 1_000 },
    // Of bodies: body-timeout.ts. Heads are Node's.
    requestTimeout: 0,
    http: { headersTimeout: REQUEST_MS },
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    // Who still comes on an open connection is served, and told to close it; fastify's own 503 says
    // neither when to come back nor what is wrong.
    return503OnClosing: false,
    logController: new LogController({ disableRequestLogging: true }),
    loggerInstance: backend.log,
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) => {
      answerProblem(error, request, reply)
    },
  }).withTypeProvider<ZodTypeProvider>()

  app.decorate('backend', backend)
  // An answer holds until the next event comes; what may be kept says so itself.
  app.addHook('onRequest', (_, reply, done) => {
    reply.header('cache-control', 'no-store')
    done()
  })
  app.setErrorHandler(answerProblem)
  app.setValidatorCompiler<z.ZodType>(
    ({ schema }) =>
      (data) =>
        readChecked(schema, data),
  )
  app.setSerializerCompiler(() => JSON.stringify)
  app.removeContentTypeParser(['text/plain', 'application/json'])
  const parse = app.getDefaultJsonParser('error', 'error')
  // Many clients name a type for the body that their DELETE does not have.
  app.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string' },
    (request, body, done) => (body === '' ? done(null, undefined) : parse(request, body, done)),
  )

  await app.register(bodyTimeout)
  await app.register(describeRoutes)
  const findClosest = closestRoute(app)
  // Apart from the hooks of the others, a tenth of a request's time: it has headers of its own, and no cookies.
  await app.register(eventRoutes)
  await app.register(async (others) => {
    await others.register(helmet, {
      contentSecurityPolicy: { useDefaults: false, directives: CSP },
      strictTransportSecurity: false,
    })
    await others.register(cookie, { secret: backend.secret })
    others.setNotFoundHandler((request, reply) => {
      const path = request.url.split('?')[0] ?? ''
      const closest = findClosest(request.method, path)
      const hint = closest ? ` Did you mean ${closest.method} ${closest.url}?` : ''
      const detail = `There is no ${request.method} ${path}.${hint}`
      return sendProblem(reply, new ProblemError('not_found', detail))
    })
    await others.register(docs)
    await others.register(access)
    await others.register(healthRoutes)
    await others.register(importRoutes)
    await others.register(exportRoutes)
    await others.register(quarantineRoutes)
    await others.register(visitorRoutes)
    await others.register(deliveryRoutes)
    await others.register(askRoutes)
    await others.register(liveRoutes)
    await others.register(schemaRoutes)
    await others.register(seenRoutes)
    await others.register(funnelRoutes)
    await others.register(shareRoutes)
    await others.register(membersRoutes)
    await others.register(explainRoutes)
    await others.register(visitorEventRoutes)
    await others.register(productRoutes)
    await others.register(cartRoutes)
    await others.register(sessionRoutes)
    await others.register(siteRoutes)
    await others.register(tagRoutes)
    await others.register(dashboardRoutes)
  })
  return app
}

const CSP = {
  defaultSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  objectSrc: ["'none'"],
}
