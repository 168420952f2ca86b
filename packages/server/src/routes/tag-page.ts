import type { FastifyPluginAsync } from 'fastify'
import type { TagFile } from './tag-files.ts'

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

/** What each plugin does, by its name; one that is missing here stands without words. */
const PURPOSES: Record<string, string> = {
  '': 'The tag itself: views, and what the page tells it.',
  dataLayer: 'Takes what the page tells Google Analytics 4 or Tag Manager.',
  segment: 'Takes what the page tells Segment.',
  shopify: 'Takes what a Shopify theme publishes.',
  woo: 'Takes what WooCommerce does.',
  elements: 'Takes clicks on elements that have data-weir.',
  described: 'Takes the product that JSON-LD describes.',
  chat: 'Notices chats of the usual chat windows.',
  signals: 'Tells of rage clicks and other signs of trouble, while the shopper is there.',
  link: 'Carries the visitor to another domain of yours.',
  debug: 'Shows on the page what is sent, for you alone.',
}

const pageOf = (origin: string, files: TagFile[]): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>The tag of this Weir</title>
<link rel="icon" type="image/svg+xml" href="/assets/icon.svg">
<link rel="stylesheet" href="/assets/app.css">
<body class="tag">
<h1>The tag of this Weir</h1>
<p>Paste this into every page, before <code>&lt;/head&gt;</code>, with your write key; it is always the newest,
and loads by itself what the page needs:</p>
<pre>${escaped(`<script async src="${origin}/weir.js?key=wk_…"></script>`)}</pre>
<h2>Pinned to these bytes</h2>
<p>A browser refuses a file with other bytes than its <code>integrity</code> says. Paste the first line, and
those of the plugins you want: a pinned tag loads none by itself.</p>
${files
  .filter(({ name }) => name !== 'weir-adopt.js')
  .map(
    (file) =>
      `<h3>${file.name}, ${file.asset.br.length} bytes</h3>\n<p>${PURPOSES[file.plugin] ?? ''}</p>\n<pre>${lineOf(origin, file)}</pre>`,
  )
  .join('\n')}
</body>
</html>
`
