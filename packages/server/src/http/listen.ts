import type { FastifyInstance } from 'fastify'

/** Listens and returns the address. A taken port is a sentence that says what to do. */
export async function listen(
  app: FastifyInstance,
  { host, port }: { host: string; port: number },
): Promise<string> {
  try {
    return await app.listen({ host, port })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code !== 'EADDRINUSE') throw error
    throw new Error(`Port ${port} is taken: stop what listens there, or set PORT to another one.`)
  }
}
