/** Text as Postgres can store it: no NUL (22P05), no lone surrogates (22P02). */
export const cleanText = (text: string): string =>
  // Almost no text has any of them: looking first is ten times as fast as two copies.
  text.isWellFormed() && !text.includes('\u0000')
    ? text
    : text.replaceAll('\u0000', '').toWellFormed()
