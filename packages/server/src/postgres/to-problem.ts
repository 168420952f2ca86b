import { statfs } from 'node:fs/promises'
import { errorCode } from '../error-code.ts'
import { PostgresProblem } from './problem.ts'

const FULL_BYTES = 1_000_000

/** Turns whatever a start threw into a PostgresProblem. */
export function toProblem(error: unknown, dataDir: string): PostgresProblem {
  if (error instanceof PostgresProblem) return error
  const path = pathOf(error) ?? dataDir
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(dataDir, error)
    case 'ENOTDIR':
    case 'EEXIST':
      return new PostgresProblem(
        'not_a_directory',
        `The data directory ${dataDir} cannot be used: ${path} is a file. Move it away, or point WEIR_DATA_DIR at a directory.`,
        { cause: error },
      )
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new PostgresProblem(
        'not_permitted',
        `Weir may not read or write ${path}. Give the user who runs Weir that right, or point WEIR_DATA_DIR at a directory of its own.`,
        { cause: error },
      )
    default:
      return new PostgresProblem(
        'would_not_start',
        `Postgres could not be started in ${dataDir}: ${error instanceof Error ? error.message : String(error)}. Set DATABASE_URL to use a Postgres of yours instead.`,
        { cause: error },
      )
  }
}

/** Turns the last words of initdb or of the server into a PostgresProblem. */
export async function problemFromOutput(
  what: string,
  output: string,
  dir: string,
): Promise<PostgresProblem> {
  if (/No space left on device|Disk quota exceeded/.test(output)) return diskFull(dir, output)
  // A server on a full disk cannot even write that into its log.
  const { bavail, bsize } = await statfs(dir)
  if (bavail * bsize < FULL_BYTES) return diskFull(dir, output)
  return new PostgresProblem(
    'would_not_start',
    `${what} in ${dir} failed. Set DATABASE_URL to use a Postgres of yours instead. Its last words:\n${output.trim() || '(none)'}`,
  )
}

const diskFull = (dir: string, cause: unknown) =>
  new PostgresProblem(
    'disk_full',
    `The disk that holds ${dir} is full. Nothing that was stored is lost: free some space (an empty Weir takes 150 MB) and start again.`,
    { cause },
  )

const pathOf = (error: unknown) =>
  error instanceof Error && 'path' in error && typeof error.path === 'string'
    ? error.path
    : undefined
