import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { type Asset, readAsset } from '../http/assets.ts'

/** A file of the tag. The name with the hash never means other bytes: it may be kept for ever. */
export interface TagFile {
  name: string
  /** As `?with=` names it; the tag itself is none. */
  plugin: string
  hashedName: string
  /** For the `integrity` of a script element. */
  integrity: string
  asset: Asset
}

const DIST = new URL('../../../sdk/dist/', import.meta.url)

/** The tag, `weir.js`, first; then its plugins, `weir-<name>.js`. Built before the server starts. */
export function readTagFiles(): TagFile[] {
  return readdirSync(DIST)
    .filter((name) => /^weir(-\w+)?\.js$/.test(name))
    .sort((a, b) => a.length - b.length)
    .map((name) => {
      const asset = readAsset(new URL(name, DIST))
      const hash = createHash('sha256').update(asset.plain).digest('hex').slice(0, 16)
      return {
        name,
        plugin: name.slice('weir-'.length, -'.js'.length),
        hashedName: name.replace('.js', `.${hash}.js`),
        integrity: `sha384-${createHash('sha384').update(asset.plain).digest('base64')}`,
        asset,
      }
    })
}
