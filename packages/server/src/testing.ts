/** A whole Weir for one test file: the real server on a port of its own, a database of its own. */
import { randomBytes } from 'node:crypto'
import { Pool } from 'pg'
import { inject } from 'vitest'
import type { Config } from './config.ts'
import { insertKey } from './sites/keys.ts'
import { makeKey } from './sites/secrets.ts'
import { insertSite, type SiteKeys } from './sites/sites.ts'
import { startWeir, type Weir, type WeirOptions } from './weir.ts'

export interface TestWeir extends Weir {
  site_id: number
  keys: SiteKeys & { admin: string }
  database_url: string
  /** For looking at what was stored. */
  pool: Pool
  /** Asks an address with the read key; throws for anything but JSON. */
  ask<T>(path: string): Promise<T>
}

export interface TestOptions extends WeirOptions {
  config?: Partial<Config>
  time_zone?: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** The server in which every test file makes a database of its own; see packages/vitest.setup.ts. */
    postgres: string
    /** In it, the database that theirs are copies of: migrated, and empty. */
    template: string
  }
}

/** The body of an answer, as the type that the contract says. */
export async function readJson<T>(response: Response): Promise<T> {
  return JSON.parse(await response.text())
}

export async function startTestWeir(options: TestOptions = {}): Promise<TestWeir> {
  const database_url =
    options.config?.database_url ?? (await createDatabase(inject('postgres'), inject('template')))
  const config: Config = {
    port: 0,
    host: '127.0.0.1',
    database_url,
    data_dir: '.weir',
    admin_key: null,
    threads: 2,
    trust_proxy: false,
    rate_limit: null,
    retention_days: null,
    log_level: 'error',
    ...options.config,
  }
  const weir = await startWeir(config, undefined, options)
  const { site, keys } = await insertSite(weir.db.reports, {
    name: 'Test shop',
    time_zone: options.time_zone ?? 'UTC',
    origins: null,
  })
  const admin = makeKey('admin')
  await insertKey(weir.db.reports, { site_id: null, kind: 'admin', key: admin })
  const pool = new Pool({ connectionString: database_url, max: 2 })
  return {
    ...weir,
    site_id: site.id,
    keys: { ...keys, admin },
    database_url,
    pool,
    async ask(path) {
      const response = await fetch(weir.url + path, {
        headers: { authorization: `Bearer ${keys.read}` },
      })
      return readJson(response)
    },
    async stop() {
      await pool.end()
      await weir.stop()
    },
  }
}

/** A new database on a server, empty or a copy of another one; its address. */
export async function createDatabase(postgres: string, template = 'template1'): Promise<string> {
  const name = `weir_${randomBytes(6).toString('hex')}`
  const pool = new Pool({ connectionString: postgres, max: 1 })
  await pool.query(`create database ${name} template ${template}`)
  await pool.query(`alter database ${name} set timezone = 'America/St_Johns'`)
  await pool.end()
  const url = new URL(postgres)
  url.pathname = `/${name}`
  return url.href
}
