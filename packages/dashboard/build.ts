import { copyFile, mkdir, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Writes `dist/`: index.html, app.js, app.css and icon.svg. The page names the last three under `/assets/`. */
export async function buildDashboard(): Promise<void> {
  await rm(here('dist'), { recursive: true, force: true })
  await mkdir(here('dist'), { recursive: true })
  await Promise.all([
    build({
      entryPoints: { app: here('src/main.tsx') },
      outdir: here('dist'),
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
      outdir: here('dist'),
      bundle: true,
      minify: true,
      target: ['chrome111', 'firefox113', 'safari16.4'],
      logLevel: 'warning',
    }),
    copyFile(here('src/index.html'), here('dist/index.html')),
    copyFile(here('src/icon.svg'), here('dist/icon.svg')),
  ])
}
