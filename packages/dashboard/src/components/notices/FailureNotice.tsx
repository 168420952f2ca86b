import type { WeirError } from '@weir/client'
import { failureText } from './failureText.ts'

/** Says what went wrong, field by field, and offers to ask again. */
export function FailureNotice(props: { failure: WeirError; onAgain: () => void }) {
  const { title, detail, fields } = failureText(props.failure)
  return (
    <section class="notice failure" role="alert">
      <h2>{title}</h2>
      {detail && <p>{detail}</p>}
      {fields.length > 0 && (
        <dl class="fields">
          {fields.map(({ path, message }) => (
            <div key={path + message}>
              <dt>
                <code>{path}</code>
              </dt>
              <dd>{message}</dd>
            </div>
          ))}
        </dl>
      )}
      <button type="button" onClick={props.onAgain}>
        Ask again
      </button>
    </section>
  )
}
