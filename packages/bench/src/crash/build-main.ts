import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'

const DIST = new URL('../../dist/', import.meta.url)

/** Files that stand beside a module are found from where it was. */
const keepAddresses: Plugin = {
  name: 'keep-addresses',
  setup({ onLoad }) {
    onLoad({ filter: /packages\/.*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      const address = JSON.stringify(pathToFileURL(path).href)
      return { contents: text.replaceAll('import.meta.url', address), loader: 'ts' }
    })
  },
}

/** What comes from npm is read where it is. */
const bundleOurs: Plugin = {
  name: 'bundle-ours',
  setup({ onResolve }) {
    onResolve({ filter: /^[a-z@]/ }, ({ path }) =>
      path.startsWith('@weir/') ? undefined : { path, external: true },
    )
  },
}

/**
 * Builds an entry of the server into one file, and gives its path. From its sources a server starts in 2 s of the
 * processor: killed every few seconds, it would hardly ever have anything to lose.
 */
export async function buildMain(main: string): Promise<string> {
  const outfile = fileURLToPath(new URL(`${basename(main, '.ts')}.mjs`, DIST))
  await build({
    entryPoints: [main],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    plugins: [keepAddresses, bundleOurs],
    logLevel: 'warning',
  })
  return outfile
}
