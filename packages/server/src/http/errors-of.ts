import { PROBLEMS } from '@weir/contract'

/** What of a route decides how it can be refused. */
interface RouteKind {
  method: string
  url: string
  takesKey: boolean
  takesInput: boolean
}

/** The responses that a route may give instead of its answer, as OpenAPI: by status, with their codes. */
export function errorsOf(route: RouteKind): Record<number, object> {
  return Object.fromEntries(statusesOf(route).map((status) => [status, problemResponse(status)]))
}

function statusesOf({ method, url, takesKey, takesInput }: RouteKind): number[] {
  const takesBody = ['POST', 'PUT', 'PATCH'].includes(method)
  return [
    ...(takesInput ? [400] : []),
    ...(takesKey ? [401, 403, 404] : []),
    // There the key is the body.
    ...(url === '/v1/session' && takesBody ? [401, 403, 503] : []),
    ...(method !== 'GET' && url.startsWith('/v1/funnels/') ? [409] : []),
    ...(takesBody ? [413, 415] : []),
    ...(url === '/v1/events' || url === '/v1/seen' ? [429] : []),
    ...(takesKey || url === '/readyz' ? [503] : []),
  ]
}

function problemResponse(status: number): object {
  const codes = Object.entries(PROBLEMS).filter(([, [own]]) => own === status)
  return {
    description: codes.map(([code, [, title]]) => `\`${code}\`: ${title}`).join('; '),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(
          codes.map(([code, [, title]]) => [code, exampleOf(status, code, title)]),
        ),
      },
    },
  }
}

const exampleOf = (status: number, code: string, title: string): object => ({
  value: {
    type: `urn:weir:problem:${code}`,
    title,
    status,
    code,
    detail: `${title}.`,
    errors:
      code === 'invalid_request' ? [{ path: 'to', code: 'required', message: 'is required' }] : [],
  },
})
