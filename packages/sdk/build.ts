/** Builds the tag: `dist/weir.js` and its plugins for script elements, `dist/index.js` for bundlers. */
import { createHash } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import { build } from 'esbuild'
import { type MinifyOptions, minify } from 'terser'

/** One built file: its bytes as it is, and as brotli (quality 11) sends it; what `integrity` pins it by. */
export interface Built {
  file: string
  bytes: number
  brotli: number
  integrity: string
}

/** What a server with precompressed files sends. */
export const brotliBytes = (content: Uint8Array | string): number =>
  brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Optional chaining and optional catch unconverted: Chrome 80, Firefox 74, Safari 13.1 (2020). */
const TARGET = 'es2020'

/** Terser after esbuild: 100 bytes less than esbuild alone. `unsafe` trusts `String` and the like. */
const TERSER: MinifyOptions = {
  toplevel: true,
  compress: { unsafe: true, passes: 2 },
  // Double quotes, as JSON in it has them.
  format: { quote_style: 2 },
}

/** Loaded on their own: by the tag where the page has what they adopt, or named in `?with=`. */
const PLUGINS = [
  'dataLayer',
  'segment',
  'shopify',
  'woo',
  'elements',
  'described',
  'chat',
  'signals',
  'link',
  'debug',
]

const SCRIPT = 'script' as const

const FACES: { entry: string; file: string; format: 'script' | 'module' }[] = [
  { entry: 'src/tag.ts', file: 'weir.js', format: SCRIPT },
  { entry: 'src/index.ts', file: 'index.js', format: 'module' },
  // It asks where it came from, which only a module may.
  { entry: 'src/plugins/adopt.ts', file: 'weir-adopt.js', format: 'module' },
  ...PLUGINS.map((name) => ({
    entry: `src/plugins/${name}.ts`,
    file: `weir-${name}.js`,
    format: SCRIPT,
  })),
]

/**
 * As a script whose names are its own. A block, not a function: browsers compile a script while it comes,
 * on another thread, but a function when it is called, while the page waits; and it is 7 bytes less. All
 * of esbuild's `var` are names of modules, which were `const` or `let`.
 */
const inBlock = (code: string): string =>
  `{${code.replace(/;$/, '').replaceAll(/\bvar /g, 'let ')}}`

/** Writes `packages/sdk/dist`; the core is `weir.js`. */
export const buildSdk = async (): Promise<Built[]> => {
  await mkdir(here('dist'), { recursive: true })
  return Promise.all(
    FACES.map(async ({ entry, file, format }) => {
      const { outputFiles } = await build({
        entryPoints: [here(entry)],
        format: 'esm',
        bundle: true,
        minify: true,
        write: false,
        charset: 'utf8',
        legalComments: 'none',
        target: TARGET,
        tsconfigRaw: '{}',
      })
      const { code = '' } = await minify(outputFiles[0]!.text, TERSER)
      const content = Buffer.from(format === 'script' ? inBlock(code) : code)
      // Renamed into place: another test's server may be reading it.
      const aside = here(`dist/${file}.${process.pid}`)
      await writeFile(aside, content)
      await rename(aside, here(`dist/${file}`))
      return {
        file,
        bytes: content.length,
        brotli: brotliBytes(content),
        integrity: `sha384-${createHash('sha384').update(content).digest('base64')}`,
      }
    }),
  )
}
