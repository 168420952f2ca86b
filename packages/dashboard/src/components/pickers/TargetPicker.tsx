import type { FunnelAnswer } from '@weir/contract'
import { goTo } from '../../address/goTo.ts'
import { type PageQuestion, pageAddress } from '../../question/pageQuestion.ts'
import { stageText } from '../../text/stageText.ts'

/** Chooses the target action among the funnel's events; one that is none of them stays choosable. */
export function TargetPicker(props: { question: PageQuestion; answer: FunnelAnswer | null }) {
  const { question, answer } = props
  const ofFunnel = answer?.question.stages.slice(0, -1).flatMap((stage) => stage.events) ?? []
  const targets = [...new Set([...ofFunnel, question.target])]
  return (
    <label class="pick">
      Target action{' '}
      <select
        value={question.target}
        onChange={(event) => goTo(pageAddress({ ...question, target: event.currentTarget.value }))}
      >
        {targets.map((target) => (
          <option key={target} value={target}>
            {stageText(target)}
          </option>
        ))}
      </select>
    </label>
  )
}
