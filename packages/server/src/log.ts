import type { FastifyBaseLogger } from 'fastify'
import { type DestinationStream, pino } from 'pino'
import type { Config } from './config.ts'

// Postgres quotes the row that it refuses in the detail of an error, and part of it as where.
const SECRET = ['req.headers.authorization', 'req.headers.cookie', 'err.detail', 'err.where']

/** JSON lines on standard output; keys, bodies and what visitors did are never in them. */
export const makeLog = (
  { log_level }: Pick<Config, 'log_level'>,
  destination?: DestinationStream,
): FastifyBaseLogger => pino({ level: log_level, redact: SECRET }, destination)
