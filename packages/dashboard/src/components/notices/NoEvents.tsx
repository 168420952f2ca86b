import type { SessionSite } from '../../api/weir.ts'
import type { PageQuestion } from '../../question/pageQuestion.ts'
import { CopyableCode } from '../elsewhere/CopyableCode.tsx'
import { rangeText } from '../pickers/rangeText.ts'

/** A range without events: how to get some. */
export function NoEvents(props: { site: SessionSite; question: PageQuestion; today: string }) {
  const goesOn = props.question.to > props.today
  return (
    <section class="notice no-events">
      <h1>{goesOn ? 'No events yet' : 'No events in this range'}</h1>
      <p>
        {props.site.name} has no event in this range, {rangeText(props.question)}. If the tag is not
        in the shop's pages yet, put it into the head of every one of them:
      </p>
      <CopyableCode
        name="script tag"
        code={`<script async src="${location.origin}/weir.js?key=wk_…"></script>`}
      />
      <p>
        The write key begins with <code>wk_</code>. Weir printed it, in this very tag, when it
        started for the first time; whoever runs Weir can make another with the admin key:{' '}
        <code>npx weir keys add write --site {props.site.id}</code>. The first view shows up here
        seconds after somebody opens a page.
      </p>
    </section>
  )
}
