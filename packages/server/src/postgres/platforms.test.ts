import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

const read = async (file: string) =>
  JSON.parse(await readFile(new URL(file, import.meta.url), 'utf8'))

// npm drops other platforms' packages from a lock file that is made beside a node_modules.
it('has every platform’s Postgres in the lock file', async () => {
  const { optionalDependencies } = await read('../../package.json')
  const { packages } = await read('../../../../package-lock.json')
  const platforms = Object.keys(optionalDependencies)
  expect(platforms).toHaveLength(8)
  for (const name of platforms) expect(packages).toHaveProperty([`node_modules/${name}`])
})
