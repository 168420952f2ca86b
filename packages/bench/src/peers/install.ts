import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HOME } from '../home.ts'

/** Installed by the bench alone, so that nobody who only wants Weir downloads 600 MB. */
export const PEERS = join(HOME, 'peers')

/** Installs a package at exactly that version, once. False, and a sentence, where that fails. */
export async function install(name: string, version: string): Promise<boolean> {
  const folder = join(PEERS, name.replace('/', '+'))
  if (existsSync(join(folder, 'installed'))) return true
  console.log(`  Installing ${name} ${version} into .weir/bench/peers (once; chdb has 600 MB) …`)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n')
  const npm = spawn(
    process.platform === 'win32' ? 'npm.cmd' : 'npm',
    [
      'install',
      '--prefix',
      folder,
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      `${name}@${version}`,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const code = await once(npm, 'exit').then(
    ([status]) => Number(status),
    () => -1,
  )
  if (code !== 0) {
    console.log(`  ${name} could not be installed (npm ended with ${code}): left out.`)
    return false
  }
  await writeFile(join(folder, 'installed'), version)
  return true
}

/** Where a module of a peer is imported from. */
export const folderOf = (name: string): string => join(PEERS, name.replace('/', '+'))
