import type { FunnelAnswer } from '@weir/contract'
import { useEffect, useState } from 'preact/hooks'
import { type Failure, request } from './request.ts'

export interface Asked {
  /** The newest answer; the one before it while the next is under way. */
  answer: FunnelAnswer | null
  failure: Failure | null
  asking: boolean
}

/** Asks the address whenever it, or `attempt`, changes. An answer that comes too late is dropped. */
export function useAnswer(address: string, attempt: number): Asked {
  const [asked, setAsked] = useState<Asked>({ answer: null, failure: null, asking: true })

  useEffect(() => {
    const abort = new AbortController()
    setAsked(({ answer }) => ({ answer, failure: null, asking: true }))
    request(address, { signal: abort.signal }, readAnswer).then((outcome) => {
      if (abort.signal.aborted) return
      if (outcome.ok) setAsked({ answer: outcome.value, failure: null, asking: false })
      else setAsked({ answer: null, failure: outcome.failure, asking: false })
    })
    return () => abort.abort()
  }, [address, attempt])

  return asked
}

const readAnswer = async (response: Response): Promise<FunnelAnswer> => response.json()
