import type { FastifyPluginAsync } from 'fastify'
import type { TagFile } from '../tag-files.ts'

/** A page that says how to load the tag, and each plugin, pinned to the bytes that this server has. */
export const tagPageRoutes: FastifyPluginAsync<{ files: TagFile[] }> = async (app, { files }) => {
  app.get('/tag', { schema: { hide: true } }, async (request, reply) => {
    const origin = `${request.protocol}://${request.host}`
    return reply.type('text/html; charset=utf-8').send(pageOf(origin, files))
  })
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const lineOf = (origin: string, { name, hashedName, integrity }: TagFile): string => {
  const address = `${origin}/${hashedName}${name === 'weir.js' ? '?key=wk_…' : ''}`
  const more = name === 'weir.js' ? ' data-adopt="off"' : ''
  return escaped(
    `<script async src="${address}" integrity="${integrity}" crossorigin="anonymous"${more}></script>`,
  )
}

const pageOf = (origin: string, files: TagFile[]): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The tag of this Weir</title>
<h1>The tag of this Weir</h1>
<p>Paste this into every page, with your write key; it is always the newest:</p>
<pre>${escaped(`<script async src="${origin}/weir.js?key=wk_…"></script>`)}</pre>
<h2>Pinned to these bytes</h2>
<p>A browser refuses a file with other bytes than its <code>integrity</code> says. Paste the first line, and
those of the plugins you want: a pinned tag loads none by itself.</p>
${files
  .filter(({ name }) => name !== 'weir-adopt.js')
  .map(
    (file) =>
      `<h3>${file.name}, ${file.asset.br.length} bytes</h3>\n<pre>${lineOf(origin, file)}</pre>`,
  )
  .join('\n')}
</html>
`
