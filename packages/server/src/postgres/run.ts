import { execFile } from 'node:child_process'
import type { Account } from './account.ts'
import { ENVIRONMENT } from './environment.ts'

/**
 * Runs a program to its end; `output` holds what it said, or why it did not even start. Throws EPERM
 * when we may not become that account.
 */
export function run(
  program: string,
  args: readonly string[],
  { cwd, account }: { cwd: string; account: Account | undefined },
): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd, env: ENVIRONMENT, ...account }, (error, stdout, stderr) => {
      if (error === null) return resolve({ ok: true, output: stdout })
      resolve({ ok: false, output: stderr || stdout || error.message })
    })
  })
}
