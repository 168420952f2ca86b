import type { SessionSite } from '../api/session.ts'
import type { PageQuestion } from '../question/pageQuestion.ts'
import { CopyableCode } from './CopyableCode.tsx'
import { rangeText } from './rangeText.ts'

/** A range without events: how to get some. */
export function NoEvents(props: { site: SessionSite; question: PageQuestion }) {
  return (
    <section class="notice no-events">
      <h1>No events yet</h1>
      <p>
        Nothing reached {props.site.name} in {rangeText(props.question)}. If the tag is not in the
        shop's pages yet, put it into the head of every one of them:
      </p>
      <CopyableCode
        name="script tag"
        code={`<script async src="${location.origin}/weir.js?key=wk_…"></script>`}
      />
      <p>
        The write key begins with <code>wk_</code>. Weir printed it, in this very tag, when it
        started for the first time; whoever runs Weir can make another with the admin key:{' '}
        <code>
          POST /v1/sites/{props.site.id}/keys {'{"kind": "write"}'}
        </code>
        . The first view shows up here seconds after somebody opens a page.
      </p>
    </section>
  )
}
