import type { Measured } from './measure/measure.ts'

/** Throws where two contenders that were asked the same, by the same rule, differ in any count. */
export function checkAgreement(
  all: readonly (Pick<Measured, 'name' | 'rule' | 'counts'> | undefined)[],
): void {
  for (const rule of ['exact', 'mobile'] as const) {
    const same = all.flatMap((one) => (one?.rule === rule ? [one] : []))
    if (same.every(({ counts }) => counts.join() === same[0]?.counts.join())) continue
    const lines = same.map(({ name, counts }) => `  ${name}: ${counts.join(' → ')}`)
    throw new Error(`Answers that must be equal differ:\n${lines.join('\n')}`)
  }
}
