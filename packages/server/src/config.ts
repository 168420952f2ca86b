import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { plainWords } from './text/plain-words.ts'

/** How this process runs; see the table in the README. */
export interface Config {
  port: number
  host: string
  /** Null: a Postgres of our own, in `data_dir`. */
  database_url: string | null
  data_dir: string
  admin_key: string | null
  /** How many threads answer questions. */
  threads: number
  trust_proxy: boolean
  /** Requests a second that a write key may send from one address; null for no limit. */
  rate_limit: number | null
  /** Days after which events are deleted; null to keep them. */
  retention_days: number | null
  log_level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
}

const settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8787),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, { error: 'must begin with postgres:// or postgresql://' })
    .optional(),
  WEIR_DATA_DIR: z.string().default('.weir'),
  WEIR_ADMIN_KEY: z
    .string()
    .regex(/^ak_.{20,}$/, { error: 'must be ak_ and at least 20 characters more' })
    .optional(),
  WEIR_THREADS: z.coerce.number().int().min(1).max(64).default(availableParallelism()),
  WEIR_TRUST_PROXY: z.enum(['true', 'false'], { error: 'must be true or false' }).default('false'),
  WEIR_RATE_LIMIT: z.coerce.number().int().min(0).max(1_000_000).default(100),
  WEIR_RETENTION_DAYS: z.coerce.number().int().min(1).max(36_500).optional(),
  WEIR_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('warn'),
})

/** The configuration in an environment. Throws one Error that names every bad value. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.entries(environment).filter(
    ([, value]) => value !== undefined && value !== '',
  )
  const read = settings.safeParse(Object.fromEntries(given), { error: plainWords })
  if (!read.success) {
    const bad = read.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`These settings cannot be used:\n${bad.join('\n')}`)
  }
  return {
    port: read.data.PORT,
    host: read.data.HOST,
    database_url: read.data.DATABASE_URL ?? null,
    data_dir: read.data.WEIR_DATA_DIR,
    admin_key: read.data.WEIR_ADMIN_KEY ?? null,
    threads: read.data.WEIR_THREADS,
    trust_proxy: read.data.WEIR_TRUST_PROXY === 'true',
    rate_limit: read.data.WEIR_RATE_LIMIT || null,
    retention_days: read.data.WEIR_RETENTION_DAYS ?? null,
    log_level: read.data.WEIR_LOG_LEVEL,
  }
}

/** The configuration of this process. */
export const processConfig = (): Config => readConfig(process.env)

/** Whom the `weir` command asks, and how it may print. */
export interface Caller {
  url: string
  key: string | null
  colours: boolean
  /** Whether blocks can be drawn. */
  unicode: boolean
}

const callerSettings = z.object({
  WEIR_URL: z.string().default('http://127.0.0.1:8787'),
  WEIR_KEY: z.string().optional(),
  NO_COLOR: z.string().optional(),
})

export function readCaller(environment: Record<string, string | undefined>): Caller {
  const given = Object.entries(environment).filter(([, value]) => value !== '')
  const { WEIR_URL, WEIR_KEY, NO_COLOR } = callerSettings.parse(Object.fromEntries(given))
  const { TERM, LC_ALL, LC_CTYPE, LANG, WT_SESSION } = Object.fromEntries(given)
  return {
    url: WEIR_URL,
    key: WEIR_KEY ?? null,
    colours: NO_COLOR === undefined && TERM !== 'dumb',
    unicode: WT_SESSION !== undefined || /utf-?8/i.test(LC_ALL ?? LC_CTYPE ?? LANG ?? ''),
  }
}

/** The caller of this process. */
export const processCaller = (): Caller => readCaller(process.env)
