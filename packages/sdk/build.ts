/** Builds the tag: `dist/weir.js` for a script element, `dist/index.js` for bundlers. */
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import { type BuildOptions, build, transform } from 'esbuild'

/** One built file, with its size in bytes as it is and as brotli (quality 11) sends it. */
export interface Built {
  file: string
  bytes: number
  brotli: number
}

/** What a server with precompressed files sends. */
export const brotliBytes = (content: Uint8Array | string): number =>
  brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Optional chaining and optional catch unconverted: Chrome 80, Firefox 74, Safari 13.1 (2020). */
const TARGET = 'es2020'

const shared: BuildOptions = {
  bundle: true,
  minify: true,
  write: false,
  charset: 'utf8',
  legalComments: 'none',
  target: TARGET,
  tsconfigRaw: '{}',
}

const FACES = [
  { entry: 'src/tag.ts', file: 'weir.js', format: 'iife' },
  { entry: 'src/index.ts', file: 'index.js', format: 'esm' },
] as const

/** Writes `packages/sdk/dist`; the core is `weir.js`. */
export const buildSdk = async (): Promise<Built[]> => {
  await mkdir(here('dist'), { recursive: true })
  return Promise.all(
    FACES.map(async ({ entry, file, format }) => {
      const { outputFiles } = await build({ ...shared, entryPoints: [here(entry)], format })
      // A second pass joins the declarations of the modules into one: 25 bytes.
      const { code } = await transform(outputFiles![0]!.text, { minify: true, target: TARGET })
      const content = Buffer.from(code)
      // Renamed into place: another test's server may be reading it.
      const aside = here(`dist/${file}.${process.pid}`)
      await writeFile(aside, content)
      await rename(aside, here(`dist/${file}`))
      return { file, bytes: content.length, brotli: brotliBytes(content) }
    }),
  )
}
