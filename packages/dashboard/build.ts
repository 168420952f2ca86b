import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * Writes `dist/`: index.html, app.js, app.css and icon.svg. The page names the last three under `/assets/`.
 * Each is moved into its place whole: a server that reads them meanwhile finds the one before or the one after.
 */
export async function buildDashboard(): Promise<void> {
  const aside = here(`dist/.${process.pid}`)
  await mkdir(aside, { recursive: true })
  await Promise.all([
    build({
      entryPoints: { app: here('src/main.tsx') },
      outdir: aside,
      bundle: true,
      minify: true,
      format: 'esm',
      target: ['es2022'],
      jsx: 'automatic',
      jsxImportSource: 'preact',
      logLevel: 'warning',
    }),
    build({
      entryPoints: { app: here('src/style/app.css') },
      outdir: aside,
      bundle: true,
      minify: true,
      target: ['chrome111', 'firefox113', 'safari16.4'],
      logLevel: 'warning',
    }),
    copyFile(here('src/index.html'), `${aside}/index.html`),
    copyFile(here('src/icon.svg'), `${aside}/icon.svg`),
  ])
  for (const file of await readdir(aside)) await rename(`${aside}/${file}`, here(`dist/${file}`))
  await rm(aside, { recursive: true, force: true })
}
