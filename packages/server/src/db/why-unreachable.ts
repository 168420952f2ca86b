/** Why a database does not answer or refuses, and what to do; null where it is something else. */
export function whyUnreachable(error: unknown): { found: string; advice: string } | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error ? error.message : String(error)
  const advice = /timeout/i.test(message) ? ADVICE.ETIMEDOUT : ADVICE[code]
  if (advice === undefined) return null
  const answers = /^(28|3D|42)/.test(code)
  return { found: `${answers ? 'refuses' : 'does not answer'}: ${message || code}`, advice }
}

const ADVICE: Record<string, string> = {
  ECONNREFUSED: 'Nothing listens there. Is Postgres running, and DATABASE_URL its address?',
  ENOTFOUND: 'There is no such host. Look at DATABASE_URL.',
  EAI_AGAIN: 'The name of its host cannot be looked up just now. Is there a network?',
  ETIMEDOUT: 'Is a firewall between here and there, or has it too many connections?',
  '28P01': 'Look at the password in DATABASE_URL.',
  '28000': 'Look at the user in DATABASE_URL, and at what pg_hba.conf lets in.',
  '3D000': 'Make that database (createdb), or look at its name in DATABASE_URL.',
  '42501': 'Give its user a database of its own: create database weir owner THAT_USER.',
  '53300': 'Raise its max_connections: a Weir takes up to 19.',
  '57P03': 'It starts or stops just now. Try again.',
}
