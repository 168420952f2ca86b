/** Who answers the question: ours or another. */
export interface Contender {
  name: string
  /** Those of a rule must agree on every count, or the bench fails; `mobile`: exact too, of mobiles only. */
  rule: 'exact' | 'mobile' | 'own'
  /** Whose memory is watched while it answers; null where it is a server's that others use too. */
  pid: number | null
  ask(): Promise<Asked>
  close(): Promise<void>
}

export interface Asked {
  ms: number
  /** Visitors who reached each stage. */
  counts: number[]
}

/** Times one answer. */
export async function timed(answer: () => Promise<number[]>): Promise<Asked> {
  const began = performance.now()
  const counts = await answer()
  return { ms: performance.now() - began, counts }
}
