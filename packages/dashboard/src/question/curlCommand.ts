/**
 * The question for a shell. The key is not on this page (it is in an HttpOnly cookie), so the
 * command reads it from a variable. URLSearchParams writes ' as %27: the quotes hold.
 */
export const curlCommand = (origin: string, address: string) =>
  `curl -H "Authorization: Bearer $WEIR_KEY" '${origin}${address}'`
