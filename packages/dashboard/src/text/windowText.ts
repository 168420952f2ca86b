import { counted } from '@weir/client/text'

const UNITS: Record<string, string> = { s: 'second', m: 'minute', h: 'hour', d: 'day' }

/** A window as people say it: `7d` is `7 days`. Other text stays as it is. */
export function windowText(window: string): string {
  const [, n, letter] = /^(\d+)([smhd])$/.exec(window) ?? []
  const unit = UNITS[letter ?? '']
  return unit ? counted(Number(n), unit) : window
}
