import type { WeirError } from '@weir/client'
import { useContext, useEffect, useState } from 'preact/hooks'
import { SessionEnded } from './SessionEnded.ts'
import { failureOf, isSignedOut, weir } from './weir.ts'

export interface Asked<Answer> {
  /** The newest answer; the one before it while the next is under way. */
  answer: Answer | null
  failure: WeirError | null
  asking: boolean
  /** Asks the same again. */
  again: () => void
}

/** Asks the address whenever it changes; null is none yet. An answer that comes too late is dropped. */
export function useAnswer<Answer>(address: string | null): Asked<Answer> {
  const endSession = useContext(SessionEnded)
  const [attempt, setAttempt] = useState(0)
  const [asked, setAsked] = useState<Omit<Asked<Answer>, 'again'>>({
    answer: null,
    failure: null,
    asking: true,
  })

  useEffect(() => {
    const abort = new AbortController()
    const { signal } = abort
    setAsked(({ answer }) => ({ answer, failure: null, asking: true }))
    if (address === null) return
    weir.get<Answer>(address, { signal }).then(
      (answer) => signal.aborted || setAsked({ answer, failure: null, asking: false }),
      (error: unknown) => {
        if (signal.aborted) return
        const failure = failureOf(error)
        if (isSignedOut(failure)) endSession()
        else setAsked({ answer: null, failure, asking: false })
      },
    )
    return () => abort.abort()
  }, [address, attempt, endSession])

  return { ...asked, again: () => setAttempt(attempt + 1) }
}
