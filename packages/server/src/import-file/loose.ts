import type { PropertyValue } from '@weir/contract'
import { isRecord, type JsonRecord } from '../ingest/record.ts'

/** Reads what others write, where anything may be missing. */
export const recordOf = (value: unknown): JsonRecord => (isRecord(value) ? value : {})

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

export const isFlat = (value: unknown): value is PropertyValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
