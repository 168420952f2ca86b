import { execFile } from 'node:child_process'
import { readFile, readlink } from 'node:fs/promises'
import { basename } from 'node:path'
import { promisify } from 'node:util'
import { errorCode } from '../error-code.ts'
import { ENVIRONMENT } from './environment.ts'

/** What tells a process from a later one with its number: undefined when no such process lives. */
export async function processIdentity(pid: number): Promise<string | undefined> {
  if (!isAlive(pid)) return undefined
  if (process.platform !== 'linux') return (await ps(pid, 'lstart')).replace(/\W+/g, '.')
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The name, in parentheses, may hold spaces and parentheses itself: count from its end.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (state === 'Z') return undefined
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
  return `${boot.slice(0, 8)}.${rest[18] ?? ''}`
}

/** Whether a process is the postmaster of this very cluster; a recycled pid may be anything. */
export async function isPostmasterOf(pid: number, cluster: string): Promise<boolean> {
  if (!isAlive(pid)) return false
  if (process.platform === 'win32') return true
  if (process.platform !== 'linux') return (await ps(pid, 'command')).endsWith(`-D ${cluster}`)
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  const [program = '', ...args] = commandLine.split('\0')
  if (basename(program) !== 'postgres') return false
  // The working directory survives a renamed data directory, but a container without
  // CAP_SYS_PTRACE hides it from root; the arguments anyone may read.
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '')
  return cwd === cluster || args.includes(cluster)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

async function ps(pid: number, column: string): Promise<string> {
  // Its own environment: in another language or zone the same start would read as another one.
  const args = ['-ww', '-o', `${column}=`, '-p', String(pid)]
  const ask = promisify(execFile)('/bin/ps', args, { env: ENVIRONMENT })
  return ask.then(({ stdout }) => stdout.trim()).catch(() => '')
}
