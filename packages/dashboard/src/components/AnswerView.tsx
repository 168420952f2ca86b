import { counted } from '@weir/client/text'
import type { FunnelAnswer } from '@weir/contract'
import { instantText } from '../days/dayText.ts'
import type { PageQuestion } from '../question/pageQuestion.ts'
import { windowText } from '../text/windowText.ts'
import { Carts } from './aside/Carts.tsx'
import { Products } from './aside/Products.tsx'
import { SameQuestion } from './elsewhere/SameQuestion.tsx'
import { Headline } from './Headline.tsx'
import { ComparedNote } from './notices/ComparedNote.tsx'
import { MatureNote } from './notices/MatureNote.tsx'
import { Warnings } from './notices/Warnings.tsx'
import { BreakdownTable } from './rates/BreakdownTable.tsx'
import { NumbersTable } from './rates/NumbersTable.tsx'
import { StageRates } from './rates/StageRates.tsx'
import { River } from './river/River.tsx'
import { Trend } from './trend/Trend.tsx'

/** An answer from its headline to its last number. */
export function AnswerView(props: {
  answer: FunnelAnswer
  question: PageQuestion
  asking: boolean
}) {
  const { answer, question, asking } = props
  const { time_zone, window } = answer.question
  return (
    <>
      <Warnings warnings={answer.question.warnings} />
      <Headline answer={answer} question={question} />
      {answer.mature && <MatureNote answer={answer} mature={answer.mature} />}
      {answer.compare && <ComparedNote answer={answer} compare={answer.compare} />}
      <Trend question={question} stages={answer.stages} ready={!asking} />
      <River stages={answer.stages} siteVisitors={answer.site_visitors} />
      {answer.breakdown && answer.question.breakdown && (
        <BreakdownTable
          property={answer.question.breakdown.property}
          rows={answer.breakdown}
          other={answer.other}
        />
      )}
      <StageRates answer={answer} question={question} />
      <NumbersTable answer={answer} />
      <SameQuestion question={question} />
      <Carts question={question} ready={!asking} />
      <Products question={question} ready={!asking} />
      <footer class="footnotes">
        <p>
          Measured {instantText(answer.as_of, time_zone)}, {time_zone}. The range selects entries;
          each visitor is followed for {windowText(window)} after entering, beyond the last day too.
          Intervals are 95 % (Wilson).
        </p>
        {answer.cookieless_events > 0 && (
          <p>
            {counted(answer.cookieless_events, 'event')} of this range came without an identity that
            lasts beyond a page, and {answer.cookieless_events === 1 ? 'is' : 'are'} not counted
            here.
          </p>
        )}
      </footer>
    </>
  )
}
