import type { WeirError } from '@weir/client'
import { useRef, useState } from 'preact/hooks'
import { failureOf, weir } from '../api/weir.ts'
import { failureText } from './notices/failureText.ts'
import { WeirDrawing } from './WeirDrawing.tsx'

/** Asks for a read key and trades it for a cookie. */
export function SignIn(props: { ended: boolean; onSignedIn: () => void }) {
  const field = useRef<HTMLInputElement>(null)
  const [failure, setFailure] = useState<WeirError | null>(null)
  const [busy, setBusy] = useState(false)

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await weir.signIn(field.current?.value.trim() ?? '')
      props.onSignedIn()
    } catch (error) {
      setFailure(failureOf(error))
      field.current?.focus()
    } finally {
      setBusy(false)
    }
  }
  const error = failure && failureText(failure)

  return (
    <form class="sign-in" onSubmit={submit}>
      <WeirDrawing />
      <h1>See what flows through</h1>
      {props.ended && !error && (
        <p role="status">You were signed out. Sign in to go on where you were.</p>
      )}
      <label for="key">Read key</label>
      <input
        ref={field}
        id="key"
        name="key"
        type="password"
        required
        autocomplete="current-password"
        spellcheck={false}
        placeholder="rk_…"
        aria-describedby={error ? 'key-error key-hint' : 'key-hint'}
        aria-invalid={error ? 'true' : undefined}
      />
      {error && (
        <p class="field-error" id="key-error" role="alert">
          {/* What the server says of a key says it all; what has no words of its own needs the title. */}
          {!failure.problem && <strong>{error.title}. </strong>}
          {error.detail ?? error.fields.map(({ message }) => message).join('; ')}
        </p>
      )}
      <p class="hint" id="key-hint">
        It begins with <code>rk_</code>. Weir printed it when it started for the first time.
      </p>
      <button type="submit" disabled={busy}>
        {busy ? 'Signing in …' : 'Sign in'}
      </button>
    </form>
  )
}
