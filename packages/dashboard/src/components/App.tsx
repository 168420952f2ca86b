import type { WeirError } from '@weir/client'
import { useCallback, useEffect, useState } from 'preact/hooks'
import { SessionEnded } from '../api/SessionEnded.ts'
import { failureOf, isSignedOut, type SessionSite, weir } from '../api/weir.ts'
import { Masthead } from './Masthead.tsx'
import { FailureNotice } from './notices/FailureNotice.tsx'
import { SignIn } from './SignIn.tsx'
import { StorefrontPage } from './StorefrontPage.tsx'

type Session =
  | { is: 'unknown' }
  | { is: 'out'; ended: boolean }
  | { is: 'in'; site: SessionSite }
  | { is: 'failed'; failure: WeirError }

/** Who is here decides what is shown: the sign-in, the site's page, or why neither can be. */
export function App({ now }: { now: () => Date }) {
  const [session, setSession] = useState<Session>({ is: 'unknown' })

  const enter = useCallback(async () => {
    try {
      setSession({ is: 'in', site: await weir.getSession() })
    } catch (error) {
      setSession(withoutSession(failureOf(error)))
    }
  }, [])
  const leave = async () => {
    try {
      await weir.signOut()
      setSession({ is: 'out', ended: false })
    } catch (error) {
      setSession(withoutSession(failureOf(error)))
    }
  }
  const end = useCallback(() => setSession({ is: 'out', ended: true }), [])

  useEffect(() => {
    enter()
  }, [enter])

  useEffect(() => {
    document.title = session.is === 'in' ? `${session.site.name} · Weir` : 'Weir'
  }, [session])

  return (
    <>
      <Masthead site={session.is === 'in' ? session.site : null} onSignOut={leave} />
      <main>
        {session.is === 'out' && <SignIn ended={session.ended} onSignedIn={enter} />}
        {session.is === 'failed' && <FailureNotice failure={session.failure} onAgain={enter} />}
        {session.is === 'in' && (
          <SessionEnded.Provider value={end}>
            <StorefrontPage site={session.site} now={now} />
          </SessionEnded.Provider>
        )}
      </main>
    </>
  )
}

const withoutSession = (failure: WeirError): Session =>
  isSignedOut(failure) ? { is: 'out', ended: false } : { is: 'failed', failure }
