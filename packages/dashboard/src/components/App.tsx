import { useCallback, useEffect, useState } from 'preact/hooks'
import { type Failure, isSignedOut } from '../api/request.ts'
import { getSession, type SessionSite, signOut } from '../api/session.ts'
import { FailureNotice } from './FailureNotice.tsx'
import { Masthead } from './Masthead.tsx'
import { SignIn } from './SignIn.tsx'
import { StorefrontPage } from './StorefrontPage.tsx'

type Session =
  | { is: 'unknown' }
  | { is: 'out'; ended: boolean }
  | { is: 'in'; site: SessionSite }
  | { is: 'failed'; failure: Failure }

/** Who is here decides what is shown: the sign-in, the site's page, or why neither can be. */
export function App({ now }: { now: () => Date }) {
  const [session, setSession] = useState<Session>({ is: 'unknown' })

  const enter = useCallback(async () => {
    const outcome = await getSession()
    if (outcome.ok) setSession({ is: 'in', site: outcome.value })
    else if (isSignedOut(outcome.failure)) setSession({ is: 'out', ended: false })
    else setSession({ is: 'failed', failure: outcome.failure })
  }, [])
  const leave = async () => {
    const outcome = await signOut()
    if (outcome.ok || isSignedOut(outcome.failure)) setSession({ is: 'out', ended: false })
    else setSession({ is: 'failed', failure: outcome.failure })
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
          <StorefrontPage site={session.site} now={now} onSessionEnded={end} />
        )}
      </main>
    </>
  )
}
