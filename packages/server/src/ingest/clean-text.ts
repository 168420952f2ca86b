/** Text as Postgres can store it: no NUL (22P05), no lone surrogates (22P02). */
export const cleanText = (text: string): string => text.replaceAll('\u0000', '').toWellFormed()
