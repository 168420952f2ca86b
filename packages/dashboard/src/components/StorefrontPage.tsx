import { useEffect, useState } from 'preact/hooks'
import { useSearch } from '../address/useSearch.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { isSignedOut, type SessionSite } from '../api/weir.ts'
import { dayIn } from '../days/day.ts'
import { ratesAddress, readPageQuestion } from '../question/pageQuestion.ts'
import { AnswerView } from './AnswerView.tsx'
import { FailureNotice } from './FailureNotice.tsx'
import { NoEvents } from './NoEvents.tsx'
import { RangePicker } from './RangePicker.tsx'
import { SplitPicker } from './SplitPicker.tsx'
import { TargetPicker } from './TargetPicker.tsx'

/** The storefront funnel: the question in the address, and whatever came of it. */
export function StorefrontPage(props: {
  site: SessionSite
  now: () => Date
  onSessionEnded: () => void
}) {
  const today = dayIn(props.site.time_zone, props.now())
  const question = readPageQuestion(useSearch(), today)
  const [attempt, setAttempt] = useState(0)
  const { answer, failure, asking } = useAnswer(ratesAddress(question), attempt)
  const signedOut = failure !== null && isSignedOut(failure)

  useEffect(() => {
    if (signedOut) props.onSessionEnded()
  }, [signedOut, props.onSessionEnded])

  return (
    <>
      <div class="question">
        <RangePicker question={question} today={today} />
        <div class="picks">
          <SplitPicker question={question} />
          <TargetPicker question={question} answer={answer} />
        </div>
      </div>
      <p class={asking ? 'asking' : 'asking done'} role="status">
        {asking ? 'Measuring …' : answer && <span class="visually-hidden">Measured</span>}
      </p>
      {failure && !signedOut && (
        <FailureNotice failure={failure} onAgain={() => setAttempt(attempt + 1)} />
      )}
      {answer && (
        <div class={asking ? 'answer stale' : 'answer'} aria-busy={asking}>
          {answer.site_visitors + answer.cookieless_events === 0 ? (
            <NoEvents site={props.site} question={question} today={today} />
          ) : (
            <AnswerView answer={answer} question={question} />
          )}
        </div>
      )}
    </>
  )
}
