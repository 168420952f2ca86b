import type { StageAnswer } from '@weir/contract'
import { goTo } from '../../address/goTo.ts'
import { Link } from '../../address/Link.tsx'
import { intervalsOf, usualInterval } from '../../question/intervals.ts'
import { type PageQuestion, pageAddress } from '../../question/pageQuestion.ts'
import { DEFINITION_TEXT, DEFINITIONS, type Definition } from '../../text/definitionText.ts'
import { stageText } from '../../text/stageText.ts'

/** Chooses which rate is shown over time, and by what. */
export function TrendPicks(props: {
  question: PageQuestion
  stages: StageAnswer[]
  stage: string
  definition: Definition
}) {
  const { question, stages, stage, definition } = props
  const usual = usualInterval(question.from, question.to)
  const show = (change: Partial<PageQuestion>) => goTo(pageAddress({ ...question, ...change }))
  return (
    <div class="trend-picks">
      <label class="pick">
        Rate of{' '}
        <select
          value={stage}
          onChange={({ currentTarget: { value } }) =>
            show({ stage: value === stages.at(-1)?.name ? null : value })
          }
        >
          {stages.map(({ name }) => (
            <option key={name} value={name}>
              {stageText(name)}
            </option>
          ))}
        </select>
      </label>
      <label class="pick">
        <span class="visually-hidden">Divided by</span>
        <select
          value={definition}
          onChange={({ currentTarget: { value } }) =>
            show({ definition: value === 'funnel' ? null : value })
          }
        >
          {DEFINITIONS.map((name) => (
            <option key={name} value={name}>
              {DEFINITION_TEXT[name].toLowerCase()}
            </option>
          ))}
        </select>
      </label>
      <nav class="tabs" aria-label="Buckets">
        {intervalsOf(question.from, question.to).map((interval) => (
          <Link
            key={interval}
            href={pageAddress({ ...question, interval: interval === usual ? null : interval })}
            current={interval === (question.interval ?? usual)}
          >
            {`By ${interval}`}
          </Link>
        ))}
      </nav>
    </div>
  )
}
