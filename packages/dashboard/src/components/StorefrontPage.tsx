import type { FunnelAnswer } from '@weir/contract'
import { useSearch } from '../address/useSearch.ts'
import { useAnswer } from '../api/useAnswer.ts'
import type { SessionSite } from '../api/weir.ts'
import { dayIn } from '../days/day.ts'
import { ratesAddress } from '../question/apiAddress.ts'
import { readPageQuestion } from '../question/pageQuestion.ts'
import { AnswerView } from './AnswerView.tsx'
import { FailureNotice } from './notices/FailureNotice.tsx'
import { NoEvents } from './notices/NoEvents.tsx'
import { ComparePicker } from './pickers/ComparePicker.tsx'
import { RangePicker } from './pickers/RangePicker.tsx'
import { SplitPicker } from './pickers/SplitPicker.tsx'
import { TargetPicker } from './pickers/TargetPicker.tsx'

/** The storefront funnel: the question in the address, and whatever came of it. */
export function StorefrontPage(props: { site: SessionSite; now: () => Date }) {
  const today = dayIn(props.site.time_zone, props.now())
  const question = readPageQuestion(useSearch(), today)
  const { answer, failure, asking, again } = useAnswer<FunnelAnswer>(ratesAddress(question))

  return (
    <>
      <div class="question">
        <RangePicker question={question} today={today} />
        <div class="picks">
          <ComparePicker question={question} />
          <SplitPicker question={question} />
          <TargetPicker question={question} answer={answer} />
        </div>
      </div>
      <p class={asking ? 'asking' : 'asking done'} role="status">
        {asking ? 'Measuring …' : answer && <span class="visually-hidden">Measured</span>}
      </p>
      {failure && <FailureNotice failure={failure} onAgain={again} />}
      {answer && (
        <div class={asking ? 'answer stale' : 'answer'} aria-busy={asking}>
          {answer.site_visitors + answer.cookieless_events === 0 ? (
            <NoEvents site={props.site} question={question} today={today} />
          ) : (
            <AnswerView answer={answer} question={question} asking={asking} />
          )}
        </div>
      )}
    </>
  )
}
