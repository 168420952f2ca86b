import type { ImportProgress } from '@weir/contract'

/** What became of a file. */
export interface Summary {
  /** Records that an earlier run had behind it. */
  readonly skipped: number
  accepted: number
  duplicates: number
  /** By code: how many, and the first few with their records. */
  readonly refused: Map<string, { count: number; examples: string[] }>
  /** Records that were refused, of all codes. */
  countRefused(): number
  add(progress: ImportProgress): void
  refuse(record: number, code: string, message: string): void
  text(): string
}

const EXAMPLES = 3

export function newSummary(skipped: number): Summary {
  return {
    skipped,
    accepted: 0,
    duplicates: 0,
    refused: new Map(),
    add({ accepted, duplicates, rejected }) {
      this.accepted += accepted
      this.duplicates += duplicates
      for (const { line, code, field, message } of rejected) {
        this.refuse(skipped + line, code, field ? `${field} ${message}` : message)
      }
    },
    refuse(record, code, message) {
      const refused = this.refused.get(code) ?? { count: 0, examples: [] }
      refused.count++
      if (refused.examples.length < EXAMPLES) refused.examples.push(`${record}: ${message}`)
      this.refused.set(code, refused)
    },
    countRefused() {
      return [...this.refused.values()].reduce((sum, one) => sum + one.count, 0)
    },
    text() {
      const n = (count: number) => count.toLocaleString('en-US')
      const count = this.countRefused()
      if (this.accepted + this.duplicates + count + skipped === 0) return '  It holds no events.'
      const lines = [
        `  ${n(this.accepted)} stored, ${n(this.duplicates)} there before, ${n(count)} refused.`,
        ...(skipped > 0
          ? [`  The first ${n(skipped)} records were imported by an earlier run.`]
          : []),
        ...[...this.refused].flatMap(([code, { count: own, examples }]) => [
          `  ${n(own)} × ${code}`,
          ...examples.map((example) => `      record ${example}`),
        ]),
      ]
      return lines.join('\n')
    },
  }
}
