import { execFileSync } from 'node:child_process'

/** Mounts a tmpfs over a directory (or changes the one there); false where we may not. */
export function mountTmpfs(dir: string, ...options: string[]): boolean {
  const all = ['mode=755', ...options].join(',')
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', all, 'tmpfs', dir], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Lazily: a test that failed may still be writing there. */
export const unmount = (dir: string) => execFileSync('umount', ['-l', dir])
