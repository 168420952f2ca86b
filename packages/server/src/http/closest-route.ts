import type { FastifyInstance } from 'fastify'

interface Route {
  method: string
  url: string
}

/** Where nothing is: the route that whoever asked may have meant, or null. Made before the routes are. */
export function closestRoute(app: FastifyInstance): (method: string, path: string) => Route | null {
  const routes: Route[] = []
  app.addHook('onRoute', ({ method, url, schema }) => {
    if (schema?.hide) return
    for (const one of [method].flat()) if (one !== 'HEAD') routes.push({ method: one, url })
  })
  return (method, path) => {
    const ranked = routes
      .map((route) => ({ route, steps: stepsTo(path, route.url) }))
      .filter(({ route, steps }) => steps <= MOST_STEPS && !isRash(route, method))
      .sort((a, b) => a.steps - b.steps || score(a.route, method) - score(b.route, method))
    const closest = ranked[0]?.route
    return closest ? { ...closest, url: closest.url.replace(/:(\w+)/g, '{$1}') } : null
  }
}

const MOST_STEPS = 4
/** Whoever looks, or sends, is not told how to delete. */
const isRash = (route: Route, method: string): boolean =>
  route.method === 'DELETE' && method !== 'DELETE'
/** Of those at one address that which is asked the same way. */
const score = (route: Route, method: string): number => (route.method === method ? 0 : 1)

/** How many letters must change; whatever stands for a parameter is right. */
function stepsTo(path: string, url: string): number {
  const [asked, own] = [path.split('/'), url.split('/')]
  const length = Math.max(asked.length, own.length)
  let steps = 0
  for (let place = 0; place < length; place++) {
    const segment = own[place] ?? ''
    if (segment.startsWith(':') && asked[place]) continue
    const changed = distance(asked[place] ?? '', segment)
    // Where more than half is other letters, nobody meant it.
    if (changed > segment.length / 2) return MOST_STEPS + 1
    steps += changed
  }
  return steps
}

/** Levenshtein's, a row at a time. */
function distance(a: string, b: string): number {
  // Whoever sends a book is not told what it resembles.
  if (Math.abs(a.length - b.length) > MOST_STEPS) return MOST_STEPS + 1
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
