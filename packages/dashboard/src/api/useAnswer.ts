import type { WeirError } from '@weir/client'
import type { FunnelAnswer } from '@weir/contract'
import { useEffect, useState } from 'preact/hooks'
import { failureOf, weir } from './weir.ts'

export interface Asked {
  /** The newest answer; the one before it while the next is under way. */
  answer: FunnelAnswer | null
  failure: WeirError | null
  asking: boolean
}

/** Asks the address whenever it, or `attempt`, changes. An answer that comes too late is dropped. */
export function useAnswer(address: string, attempt: number): Asked {
  const [asked, setAsked] = useState<Asked>({ answer: null, failure: null, asking: true })

  useEffect(() => {
    const abort = new AbortController()
    const { signal } = abort
    setAsked(({ answer }) => ({ answer, failure: null, asking: true }))
    weir.get<FunnelAnswer>(address, { signal }).then(
      (answer) => signal.aborted || setAsked({ answer, failure: null, asking: false }),
      (error: unknown) =>
        signal.aborted || setAsked({ answer: null, failure: failureOf(error), asking: false }),
    )
    return () => abort.abort()
  }, [address, attempt])

  return asked
}
