/** What `POST /v1/import` answers: NDJSON, a line for every thousand lines or so, as they are committed. */
import { z } from 'zod'

/** What became of some lines of the file. Every one that is not in `rejected` is stored, now or before. */
export interface ImportProgress {
  /** Lines count from 1; blank ones count too. */
  first_line: number
  last_line: number
  accepted: number
  duplicates: number
  rejected: RefusedLine[]
  /** How many texts were cut to 1,024 characters. */
  texts_cut: number
}

export interface RefusedLine {
  line: number
  /** The id as sent, if one was. */
  id?: string | undefined
  code: string
  field?: string | undefined
  message: string
}

/** The last line: sums, and whether the whole file was read. What came before an `error` is stored. */
export interface ImportSummary {
  done: boolean
  lines: number
  accepted: number
  duplicates: number
  rejected: number
  error?: { code: string; detail: string } | undefined
}

const refusedLine: z.ZodType<RefusedLine> = z.strictObject({
  line: z.int(),
  id: z.string().optional(),
  code: z.string(),
  field: z.string().optional(),
  message: z.string(),
})

export const importProgress: z.ZodType<ImportProgress> = z
  .strictObject({
    first_line: z.int(),
    last_line: z.int(),
    accepted: z.int(),
    duplicates: z.int(),
    rejected: z.array(refusedLine),
    texts_cut: z.int(),
  })
  .meta({ id: 'ImportProgress', description: 'What became of some lines of the file.' })

export const importSummary: z.ZodType<ImportSummary> = z
  .strictObject({
    done: z.boolean(),
    lines: z.int(),
    accepted: z.int(),
    duplicates: z.int(),
    rejected: z.int(),
    error: z.strictObject({ code: z.string(), detail: z.string() }).optional(),
  })
  .meta({ id: 'ImportSummary', description: 'The last line: sums, and whether all was read.' })
