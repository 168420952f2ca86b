import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { type Asset, assetOf, sendAsset } from '../assets.ts'
import { readTagFiles } from '../tag-files.ts'
import { tagPageRoutes } from './tag-page.ts'

/**
 * Serves the browser library and its plugins. The key in its address is for the library itself; the
 * file is the same for all. `?with=chat,debug` puts those plugins behind it, in the same file.
 */
export const tagRoutes: FastifyPluginAsync = async (app) => {
  const files = readTagFiles()
  const byPlugin = new Map(files.map((file) => [/-(\w+)\.js$/.exec(file.name)?.[1] ?? '', file]))
  const composed = new Map<string, Asset>()

  const compose = (asked: string): Asset => {
    const plugins = [
      '',
      ...asked
        .split(',')
        .filter((name) => name && byPlugin.has(name))
        .sort(),
    ]
    const names = [...new Set(plugins)].join(',')
    const found = composed.get(names)
    if (found) return found
    const parts = names.split(',').map((name) => byPlugin.get(name)?.asset.plain ?? '')
    const asset = assetOf(Buffer.from(parts.join('\n')), 'js')
    composed.set(names, asset)
    return asset
  }

  for (const { name, hashedName, asset } of files) {
    app.get<{ Querystring: { with?: string } }>(
      `/${name}`,
      { schema: { hide: true } },
      async (request, reply) => {
        shared(reply).header('cache-control', 'public, max-age=3600')
        const { with: asked } = request.query
        return sendAsset(request, reply, name === 'weir.js' && asked ? compose(`${asked}`) : asset)
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
