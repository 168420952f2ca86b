import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { type Asset, assetOf, sendAsset } from '../http/assets.ts'
import { keepVisitor } from '../http/keep-visitor.ts'
import { readTagFiles } from './tag-files.ts'
import { tagPageRoutes } from './tag-page.ts'

/**
 * Serves the browser library and its plugins. The key in its address is for the library itself; the
 * file is the same for all. `?with=chat,debug` puts those plugins behind it, in the same file.
 */
export const tagRoutes: FastifyPluginAsync = async (app) => {
  const files = readTagFiles()
  const composed = new Map<string, Asset>()

  /** The tag with plugins, in one order however they were named. `adopt` is a module: it stands alone. */
  const compose = (asked: string[]): Asset => {
    const parts = files.filter(
      ({ plugin }) => plugin === '' || (plugin !== 'adopt' && asked.includes(plugin)),
    )
    const names = parts.map(({ name }) => name).join()
    const known = composed.get(names)
    if (known) return known
    const content = parts.map(({ asset }) => asset.plain.toString()).join('\n')
    const asset = assetOf(Buffer.from(content), 'js')
    composed.set(names, asset)
    return asset
  }

  for (const { name, hashedName, asset } of files) {
    app.get<{ Querystring: { with?: string } }>(
      `/${name}`,
      { schema: { hide: true } },
      async (request, reply) => {
        shared(reply).header('cache-control', 'public, max-age=3600')
        keepVisitor(request, reply)
        const asked = `${request.query.with ?? ''}`.split(',')
        return sendAsset(request, reply, name === 'weir.js' ? compose(asked) : asset)
      },
    )
    app.get(`/${hashedName}`, { schema: { hide: true } }, async (request, reply) => {
      shared(reply).header('cache-control', 'public, max-age=31536000, immutable')
      return sendAsset(request, reply, asset)
    })
  }

  await app.register(tagPageRoutes, { files })
}

/** Any page of any shop may load it, and check it by its hash. */
const shared = (reply: FastifyReply): FastifyReply =>
  reply
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
