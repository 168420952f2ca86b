import type { FastifyBaseLogger } from 'fastify'
import { pino } from 'pino'
import type { Config } from './config.ts'

/** JSON lines on standard output; keys and bodies are never in them. */
export const makeLog = ({ log_level }: Pick<Config, 'log_level'>): FastifyBaseLogger =>
  pino({ level: log_level, redact: ['req.headers.authorization', 'req.headers.cookie'] })
