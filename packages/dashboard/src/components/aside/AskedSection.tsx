import type { ComponentChildren } from 'preact'
import { useAnswer } from '../../api/useAnswer.ts'
import type { ApiAddress } from '../../question/apiAddress.ts'
import type { PageQuestion } from '../../question/pageQuestion.ts'
import { Elsewhere } from '../elsewhere/Elsewhere.tsx'
import { FailureNotice } from '../notices/FailureNotice.tsx'

/** A part of the page with a question of its own, asked once `ready`: the headline comes first. */
export function AskedSection<Answer>(props: {
  id: string
  title: string
  question: PageQuestion
  address: ApiAddress
  ready: boolean
  show: (answer: Answer) => ComponentChildren
}) {
  const { id, title, question, address, ready } = props
  const { answer, failure, asking, again } = useAnswer<Answer>(ready ? address(question) : null)
  return (
    <section class={id} aria-labelledby={id} aria-busy={asking}>
      <h2 id={id}>{title}</h2>
      {failure && <FailureNotice failure={failure} onAgain={again} />}
      {answer && (
        <>
          {props.show(answer)}
          <details>
            <summary>These numbers for a spreadsheet, from a shell</summary>
            <Elsewhere question={question} address={address} file={`${id}.csv`} />
          </details>
        </>
      )}
    </section>
  )
}
