/** Whether CSV is asked for: by `format`, else by the Accept header. */
export const wantsCsv = (
  format: 'json' | 'csv' | undefined,
  { accept }: { accept?: string | undefined },
): boolean =>
  format === 'csv' || (format === undefined && (accept?.startsWith('text/csv') ?? false))
